// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// Who a token speaks of: a person, or a client acting for itself.
struct Subject {
    std::string sub;  ///< what clients see (OpenID Connect Core section 8): made by the kernel, for
                      ///< a client its client_id
    std::string store;  ///< instance of the user store that knows the person; empty for a client
    std::string id;  ///< the person's id in that store

    static Subject of(const Client& client) { return {client.id, {}, {}}; }
    /// Whom the user store with this instance name knows by `id`; the kernel adds the `sub`.
    static Subject person(std::string store, std::string id) {
        return {{}, std::move(store), std::move(id)};
    }
    bool isPerson() const noexcept { return !store.empty(); }
};

/// How and when the person proved who they are.
struct Authentication {
    TimePoint time{};  ///< auth_time
    std::string acr;
    std::vector<std::string> amr;  ///< RFC 8176
    std::string sessionId;  ///< sid
};

/// An access token about to be written by a TokenFormat.
struct AccessToken {
    std::string id;  ///< jti: ordered, unique; begins with the family's selector when there is one
    std::string family;  ///< the authorization it came from; empty for a client's own
    Subject subject;
    std::string clientId;
    std::vector<std::string> audience;
    ScopeSet scopes;
    TimePoint issuedAt{};
    TimePoint expires{};
    Authentication authentication;
    ValueMap confirmation;  ///< `cnf` (RFC 7800): what the token is bound to; empty: a bearer token
    std::string signingAlgorithm;  ///< what the client asked for; empty: the format's default
    ValueMap claims;  ///< extra claims
    /// Of the claims: the ids of the access tokens that this one came from, and ends with.
    static constexpr std::string_view exchangedFrom = "exchanged_from";
};

/// What an access token turned out to say. Only what is still valid in form and signature; the
/// caller checks expiry and revocation.
struct TokenClaim {
    std::string id;
    std::string family;
    Subject subject;  ///< `store` and `id` may be empty when the format does not carry them
    std::string clientId;
    std::vector<std::string> audience;
    ScopeSet scopes;
    TimePoint issuedAt{};
    TimePoint expires{};
    Authentication authentication;
    ValueMap confirmation;  ///< not empty: good only where it is proved (Tokens::present)
    ValueMap claims;
    std::string recordKind;  ///< the stored record that is this token, to erase on revocation;
                             ///< empty: self-contained
    std::string recordKey;
    std::string wishedAlgorithm;  ///< it is signed as only tokens of clients that ask for this
                                  ///< algorithm are; empty: as any client's may be
};

}  // namespace gatehouse
