// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gatehouse/Scope.h>
#include <gatehouse/Time.h>
#include <gatehouse/Token.h>
#include <gatehouse/Value.h>

namespace gatehouse {

/// Single-use things that grants redeem.
enum class TicketKind { authorizationCode };

/// What has to change in the storage when this is redeemed. Made by the kernel, handed back in an Entitlement.
struct Redemption {
    std::string kind;           ///< record kind
    std::string key;            ///< record key
    std::uint64_t version = 0;  ///< the version that was read; redeeming expects it unchanged
    bool isReplay = false;      ///< a retry inside the grace window: nothing to change, same refresh token again
};

/// An authorization a person gave: what a code or a refresh token stands for.
struct Authorization {
    std::string family;                 ///< selector of the one record of this authorization
    std::string clientId;
    Subject subject;
    ScopeSet scopes;
    std::vector<std::string> audience;  ///< RFC 8707 resources; empty: the server's default
    Authentication authentication;
    std::string nonce;
    ValueMap idTokenClaims;             ///< claims the ID token must carry, recorded at authorization
    ValueMap userinfoClaims;            ///< the `userinfo` member of the claims parameter
    std::string confirmation;           ///< `cnf` the authorization is bound to; may be empty
    TimePoint expires = never;          ///< no token of this authorization lives longer
};

/// An opened ticket or refresh token: valid, unexpired, and this client's.
struct Ticket {
    Authorization authorization;
    Redemption redemption;
};

}  // namespace gatehouse
