// SPDX-License-Identifier: Apache-2.0
#include "HydraFormat.h"

#include "HydraClient.h"
#include "json/JsonPieces.h"

namespace gatehouse {

namespace {

constexpr std::size_t largestClient = 256U << 10U;

/// Clients stand in a list, or in the list `items` of a page.
bool isClient(const JsonPieces::Piece& piece) {
    return piece.number > 0 && (piece.member.empty() || piece.member == "items");
}

bool isLastPage(const JsonPieces::Piece& piece) {
    return piece.member != "next_page_token" || !piece.problem.empty() || piece.value == Value("");
}

Status takePiece(const JsonPieces::Piece& piece, Arrivals& arrivals) {
    if (!isLastPage(piece)) {
        arrivals.leave("page", "the next", "is another file: ask for it by its next_page_token");
    }
    if (!isClient(piece)) {
        return done();
    }
    const auto place = "number " + std::to_string(piece.number);
    if (!piece.value || piece.value->map() == nullptr) {
        arrivals.leave("client", place, piece.value ? "is no object" : piece.problem);
        return done();
    }
    return takeHydraClient(*piece.value->map(), place, arrivals);
}

}  // namespace

Status HydraFormat::read(std::istream& file, Arrivals& arrivals) const {
    return JsonPieces(file, largestClient).each([&arrivals](const JsonPieces::Piece& piece) {
        return takePiece(piece, arrivals);
    });
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::HydraFormat, "hydra", "0.1.0",
                 "bring clients along from the list that Ory Hydra tells")
