// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>

#include <string>
#include <utility>

namespace gatehouse {

// RFC 9101 section 7, OpenID Connect Core section 3.1.2.6. What exactly is wrong, the log is told.

inline OAuthError invalidObject(std::string detail) {
    return OAuthError::of("invalid_request_object", "The request object is not valid",
                          std::move(detail));
}

inline OAuthError invalidUri(std::string detail) {
    return OAuthError::of(OAuthCode::invalidRequestUri,
                          "The request_uri is not registered, or gives no request object",
                          std::move(detail));
}

}  // namespace gatehouse
