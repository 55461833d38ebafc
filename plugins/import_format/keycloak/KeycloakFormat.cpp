// SPDX-License-Identifier: Apache-2.0
#include "KeycloakFormat.h"

#include "KeycloakClient.h"
#include "KeycloakUser.h"
#include "json/JsonPieces.h"

namespace gatehouse {

namespace {

constexpr std::size_t largestPiece = 256U << 10U;

/// Lists of a realm of which nothing is taken, and which somebody might miss.
struct Missed {
    std::string_view member;
    const char* kind;
    const char* why;
};
constexpr Missed missed[] = {
    {"identityProviders", "identity provider",
     "is another server to log in at, which cannot be used"},
    {"organizations", "organization", "has no like here"},
    {"federatedUsers", "federated person",
     "is known to a federation; what Keycloak keeps of them "
     "is not taken"},
};

Status takeEntry(const JsonPieces::Piece& piece, Arrivals& arrivals) {
    const bool isUser = piece.member == "users";
    const auto place = "number " + std::to_string(piece.number);
    if (!piece.value || piece.value->map() == nullptr) {
        arrivals.leave(isUser ? "person" : "client", place,
                       piece.value ? "is no object" : piece.problem);
        return done();
    }
    return isUser ? takeKeycloakUser(*piece.value->map(), place, arrivals)
                  : takeKeycloakClient(*piece.value->map(), place, arrivals);
}

Status takePiece(const JsonPieces::Piece& piece, Arrivals& arrivals) {
    if (piece.number > 0 && (piece.member == "users" || piece.member == "clients")) {
        return takeEntry(piece, arrivals);
    }
    for (const auto& [member, kind, why] : missed) {
        if (piece.number > 0 && piece.member == member) {
            arrivals.leave(kind, {}, why);
        }
    }
    const bool hasFederation =
        piece.member == "components" && piece.value && piece.value->map() != nullptr &&
        piece.value->map()->contains("org.keycloak.storage.UserStorageProvider");
    if (hasFederation) {
        arrivals.leave("user federation", {}, "is configured anew: user_store.ldap is one");
    }
    return done();
}

}  // namespace

Status KeycloakFormat::read(std::istream& file, Arrivals& arrivals) const {
    bool isRealm = false;
    const auto take = [&](const JsonPieces::Piece& piece) -> Status {
        isRealm = isRealm || piece.member == "realm";
        return isRealm || !piece.member.empty()
                   ? takePiece(piece, arrivals)
                   : Error::badInput("is a list: export each realm into a file of its own");
    };
    auto read = JsonPieces(file, largestPiece).each(take);
    return !read || isRealm ? read : Error::badInput("is no export of a realm");
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::KeycloakFormat, "keycloak", "0.1.0",
                 "bring people and clients along from the export of a Keycloak realm")
