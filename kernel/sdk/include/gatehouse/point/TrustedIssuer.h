// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Time.h>
#include <gatehouse/Token.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What another issuer's assertion is worth here, at most.
struct Vouched {
    Subject subject;  ///< a person, or the client that shows it, for itself
    ScopeSet scopes;  ///< no others
    std::vector<std::string> audience;  ///< RFC 8707 resources, no others; empty: the server's own
    TimePoint expires{};  ///< the assertion's own
    ValueMap claims;  ///< what it says, as it says it
    std::string once;  ///< of one that is good once: its name among all assertions; empty: it may
                       ///< be shown again
    TimePoint earliest{};  ///< nobody can have shown it before
};

/// Another issuer whose assertions (JWTs) about people and services are believed, as far as the
/// operator says: for grants (RFC 7523, RFC 8693).
class TrustedIssuer : public Plugin {
public:
    static constexpr Point point{"trusted_issuer", 1, Cardinality::ordered};
    /// nullopt: it is not of this issuer, or not about what this instance is for. Otherwise it is
    /// genuine, for us, in its time, and this client may show it; `invalid_grant` when it is not.
    virtual Result<std::optional<Vouched>, OAuthError> vouch(const Context&, const Client& client,
                                                             std::string_view assertion) const = 0;
};

}  // namespace gatehouse
