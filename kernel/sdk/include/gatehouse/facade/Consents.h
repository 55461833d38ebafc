// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Time.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What one person allowed one client.
struct Consent {
    std::string clientId;
    ScopeSet scopes;
    TimePoint given{};  ///< for the last time
    TimePoint expires{};
};

/// What people allowed clients (OpenID Connect Core section 3.1.2.4). Lent by the kernel to who
/// lists "consents" in its needs, for use while serving; grows at its end. Threads: any; blocks on
/// the storage.
class Consents : public Plugin {
public:
    static constexpr Point point{"consents", 1, Cardinality::one};
    /// What this person allowed clients that there are still, be they disabled.
    virtual Result<std::vector<Consent>> list(const Context&, std::string_view sub) const = 0;
    /// Takes the scopes back, or with none all of it: the client has to ask again, and what it
    /// holds of this person with one of them (codes, tokens, refresh tokens) ends. False: the
    /// client had neither. `remoteAddress` is of who asks, for the audit event `consent.withdrawn`.
    virtual Result<bool> withdraw(const Context&, std::string_view sub, std::string_view clientId,
                                  const ScopeSet& scopes, std::string_view remoteAddress) const = 0;
};

}  // namespace gatehouse
