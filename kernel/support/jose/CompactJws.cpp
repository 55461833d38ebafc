// SPDX-License-Identifier: Apache-2.0
#include "jose/CompactJws.h"

#include "jose/JoseHeader.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

std::optional<CompactJws> parseJws(std::string_view text) {
    if (text.size() > maximumJwsSize) {
        return std::nullopt;
    }
    const auto first = text.find('.');
    const auto last = text.rfind('.');
    if (first == last || text.find('.', first + 1) != last) {
        return std::nullopt;
    }
    auto header = parseJoseHeader(text.substr(0, first));
    auto payload = fromBase64url(text.substr(first + 1, last - first - 1));
    auto signature = fromBase64url(text.substr(last + 1));
    if (!header || !payload || !signature) {
        return std::nullopt;
    }
    return CompactJws{std::move(*header), std::move(*payload), std::move(*signature),
                      text.substr(0, last)};
}

}  // namespace gatehouse
