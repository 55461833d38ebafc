// SPDX-License-Identifier: Apache-2.0
#include "jose/CompactJws.h"

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

std::optional<ValueMap> parseHeader(std::string_view part) {
    const auto text = fromBase64url(part);
    auto header = text ? parseJson(*text) : std::nullopt;
    if (!header || header->map() == nullptr || !isAcceptable(*header->map())) {
        return std::nullopt;
    }
    return std::move(*header->map());
}

}  // namespace

std::optional<CompactJws> parseJws(std::string_view text) {
    if (text.size() > maximumJwsSize) {
        return std::nullopt;
    }
    const auto first = text.find('.');
    const auto last = text.rfind('.');
    if (first == last || text.find('.', first + 1) != last) {
        return std::nullopt;
    }
    auto header = parseHeader(text.substr(0, first));
    auto payload = fromBase64url(text.substr(first + 1, last - first - 1));
    auto signature = fromBase64url(text.substr(last + 1));
    if (!header || !payload || !signature) {
        return std::nullopt;
    }
    return CompactJws{std::move(*header), std::move(*payload), std::move(*signature),
                      text.substr(0, last)};
}

}  // namespace gatehouse
