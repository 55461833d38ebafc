// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/Base64Url.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// The jti of an access token: [FAMILY] "." REGISTRATION "." SELECTOR, of which a format reads the
/// family before the first dot; [FAMILY "."] SELECTOR for a client from a file. So a token tells
/// which registration of its client it was given to, whatever its format.
inline std::string tokenId(std::string_view family, std::string_view registration,
                           std::string_view selector) {
    std::string id = base64url(family);
    if (!registration.empty()) {
        id.append(".").append(registration);
    }
    return id.empty() ? base64url(selector) : id.append(".").append(base64url(selector));
}

/// Empty: none.
inline std::string familyOfId(std::string_view tokenId) {
    const auto dot = tokenId.find('.');
    return dot == std::string_view::npos ? std::string()
                                         : fromBase64url(tokenId.substr(0, dot)).value_or("");
}

inline std::string_view registrationOf(std::string_view tokenId) {
    const auto first = tokenId.find('.');
    const auto last = tokenId.rfind('.');
    return first == last ? std::string_view{} : tokenId.substr(first + 1, last - first - 1);
}

}  // namespace gatehouse
