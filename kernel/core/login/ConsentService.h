// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/Scope.h>
#include <gatehouse/point/Storage.h>

#include <string_view>

namespace gatehouse {

/// Remembers what people allowed clients (OpenID Connect Core section 3.1.2.4). Threads: any.
class ConsentService {
public:
    explicit ConsentService(Host& host) : host_(host) {}

    /// What this person allowed this client; empty: nothing yet, or too long ago.
    Result<ScopeSet> find(const Context& context, std::string_view sub, const Client& client) const;
    /// Adds to the batch that these scopes are allowed beside what was allowed before. The batch
    /// then expects that nobody has changed it meanwhile.
    Status remember(const Context& context, std::string_view sub, const Client& client,
                    const ScopeSet& scopes, Batch& batch) const;
    /// A client the operator vouches for: its people are not asked, unless it asks for the
    /// question.
    static bool isImplicit(const Client& client) {
        return client.metadata.text("consent") == "implicit";
    }

private:
    Host& host_;
};

}  // namespace gatehouse
