// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Time.h>
#include <gatehouse/Token.h>
#include <gatehouse/Value.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Kinds of single-use texts that grants redeem. A plugin's own is whatever it calls it
/// (Tickets::issue).
struct TicketKind {
    /// What the authorization endpoint issues; for the grant that KeepsPlainNames.
    static constexpr std::string_view authorizationCode = "authorization_code";
};

/// An authorization a person gave: what a code or a refresh token stands for.
struct Authorization {
    std::string family;  ///< selector of the one record of this authorization
    std::string clientId;
    std::string registration;  ///< the client's when it was given; these three are the kernel's
    Subject subject;
    ScopeSet scopes;
    std::vector<std::string> audience;  ///< RFC 8707 resources; empty: the server's default
    Authentication authentication;
    std::string nonce;
    ValueMap idTokenClaims;  ///< claims the ID token must carry, recorded at authorization
    ValueMap userinfoClaims;  ///< the `userinfo` member of the claims parameter
    ValueMap confirmation;  ///< `cnf` that whoever redeems it must prove (point/TokenBinding.h);
                            ///< empty: none
    ValueMap actor;  ///< `act`: who acts for the subject (RFC 8693 section 4.1); empty: nobody
    TimePoint expires = never;  ///< no token of this authorization lives longer
    ValueMap notes;  ///< what authorization rules noted, each under its instance's name

    /// Whether it was given to this very client, not to an earlier one with its id.
    bool isOf(const Client& client) const noexcept {
        return clientId == client.id && registration == client.registration;
    }
};

}  // namespace gatehouse
