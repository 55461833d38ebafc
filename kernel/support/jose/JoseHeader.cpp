// SPDX-License-Identifier: Apache-2.0
#include "jose/JoseHeader.h"

#include "json/Json.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

bool isAcceptable(const ValueMap& header) {
    const auto* kid = header.find("kid");
    return !header.text("alg").empty() && (kid == nullptr || kid->text() != nullptr) &&
           !header.contains("crit") && !header.contains("b64");
}

}  // namespace

std::optional<ValueMap> parseJoseHeader(std::string_view part) {
    const auto text = fromBase64url(part);
    auto header = text ? parseJson(*text) : std::nullopt;
    if (!header || header->map() == nullptr || !isAcceptable(*header->map())) {
        return std::nullopt;
    }
    return std::move(*header->map());
}

}  // namespace gatehouse
