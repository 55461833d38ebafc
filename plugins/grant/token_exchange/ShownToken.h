// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Grant.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// Token types (RFC 8693 section 3).
struct TokenType {
    static constexpr std::string_view accessToken = "urn:ietf:params:oauth:token-type:access_token";
    static constexpr std::string_view idToken = "urn:ietf:params:oauth:token-type:id_token";
    static constexpr std::string_view jwt = "urn:ietf:params:oauth:token-type:jwt";
};

/// A good subject or actor token.
struct ShownToken {
    Authorization authorization;  ///< what it stands for, and no more
    std::string from;  ///< the client that has got it, or the `iss` of a trusted issuer's JWT
    ValueMap claims;  ///< of a trusted issuer's JWT
    bool isOurs = true;
};

/// Reads what stands in `NAME` and `NAME_type`. The type says how it is read: our access tokens,
/// our ID tokens, JWTs of trusted issuers.
Result<ShownToken, OAuthError> readShown(const TokenRequest& request, std::string_view name);

}  // namespace gatehouse
