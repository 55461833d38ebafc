// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>

#include "token/TokenIssuer.h"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace gatehouse {

/// Tokens that were issued before, as something to go on with (RFC 8693). Threads: any.
class IssuedTokens {
public:
    /// See TokenInspector::inspect().
    using Inspect = std::function<Result<std::shared_ptr<const TokenClaim>>(
        const Context&, std::string_view accessToken)>;

    IssuedTokens(Host& host, const FamilyBook& families, Inspect inspect)
        : host_(host), families_(families), inspect_(std::move(inspect)) {}

    Result<OpenedToken, OAuthError> accessToken(const Context& context,
                                                std::string_view text) const;
    /// One that this client has got. It does not say what it was given for: that is the latest
    /// authorization of its person, session and client.
    Result<OpenedToken, OAuthError> idToken(const Context& context, const Client& client,
                                            std::string_view text) const;

    /// Whom one speaks of that this client has got, expired or not; nullopt: it is none, or they
    /// have given nothing that is still there.
    Result<std::optional<Subject>> personOf(const Context& context, const Client& client,
                                            std::string_view idToken) const;

private:
    Result<std::optional<Family>> familyOf(const Context& context, const Client& client,
                                           const ValueMap& claims) const;

    Host& host_;
    const FamilyBook& families_;
    const Inspect inspect_;
};

}  // namespace gatehouse
