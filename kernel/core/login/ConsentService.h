// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Scope.h>
#include <gatehouse/facade/Consents.h>
#include <gatehouse/point/Storage.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class ConsentNotes;

/// What a person allows a client.
struct Allowed {
    ScopeSet scopes;
    std::vector<std::string> resources;  ///< that tokens may be for (RFC 8707)
    ValueMap notes;  ///< of rules, by instance
    /// That this is still so when a batch is applied; nullopt: nothing was allowed.
    std::optional<Expect> still = {};

    bool covers(const std::vector<std::string>& wanted) const {
        return std::all_of(wanted.begin(), wanted.end(), [&](const auto& resource) {
            return std::find(resources.begin(), resources.end(), resource) != resources.end();
        });
    }
};

/// As it is kept.
struct KeptConsent : Consent {
    std::string registration;  ///< the client's when it was given
};

/// Remembers what people allowed clients (OpenID Connect Core section 3.1.2.4). Threads: any.
class ConsentService {
public:
    explicit ConsentService(Host& host) : host_(host) {}

    /// What this person allowed this client; empty: nothing yet, or too long ago. The notes are
    /// what ConsentNotes::kept() made of them.
    Result<Allowed> find(const Context& context, std::string_view sub, const Client& client) const;
    /// Adds to the batch that this is allowed beside what was allowed before; `rules` say what of
    /// its notes is kept. The batch then expects that nobody has changed it meanwhile.
    Status remember(const Context& context, std::string_view sub, const Client& client,
                    const Allowed& allowed, const ConsentNotes& rules, Batch& batch) const;
    /// What this person allowed, client by client.
    Result<std::vector<KeptConsent>> list(const Context& context, std::string_view sub) const;
    /// As if the person had never allowed this client these scopes, or with none anything, nor any
    /// note. False: they had not.
    Result<bool> withdraw(const Context& context, std::string_view sub, std::string_view clientId,
                          const ScopeSet& scopes) const;
    /// A client the operator vouches for: its people are not asked, unless it asks for the
    /// question.
    static bool isImplicit(const Client& client) {
        return client.metadata.text("consent") == "implicit";
    }

private:
    Host& host_;
};

}  // namespace gatehouse
