// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/Grant.h>

#include <string_view>

namespace gatehouse {

/// What a client_metadata_rule has whose members say who is given another kind of token for one
/// (RFC 8693): who asks for that kind is answered by it, and not by the rules for access tokens.
class RequestedToken {
public:
    static constexpr Capability capability{"client_metadata_rule.requested_token", 1};

    virtual ~RequestedToken() = default;
    /// The `requested_token_type` that it answers; static storage.
    virtual std::string_view tokenType() const noexcept = 0;
    /// As a grant decides: what it opens bounds what it gives, and is not used up by an error.
    virtual Result<Entitlement, OAuthError> give(const TokenRequest& request) const = 0;
};

}  // namespace gatehouse
