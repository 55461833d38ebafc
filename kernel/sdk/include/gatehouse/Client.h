// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Scope.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// One of a client's secrets; several may be valid at once, so that a secret can be changed with
/// overlap.
struct ClientSecret {
    std::string id;
    std::string hash;  ///< HMAC-SHA-256 under the key "client_secret", base64url; machine-made
                       ///< secrets need no slow hash
    std::string sealed;  ///< the secret itself, sealed; only for client_secret_jwt, which needs it
    TimePoint created{};
    TimePoint expires = never;
};

/// Where a client comes from that nobody has registered.
struct Sourced {
    std::string by;  ///< instance of the client_source; empty: it is registered
    TimePoint freshUntil{};  ///< from then on the source is asked again
    TimePoint goodUntil{};  ///< while the source has no answer
};

/// A registered client (RFC 7591 section 2 names the metadata).
struct Client {
    std::string id;
    std::string name;  ///< client_name
    std::string authMethod;  ///< token_endpoint_auth_method: "none", "client_secret_basic" ...
    std::vector<ClientSecret> secrets;
    std::vector<std::string> redirectUris;
    std::vector<std::string> grantTypes;
    ScopeSet scopes;  ///< what it may ask for
    /// Which registration of the id this is: made with the client, so that what a removed client
    /// had is not inherited by another with its id. Empty for a client from a file.
    std::string registration;
    bool isStatic = false;  ///< from a file in clients.d, not changeable by commands
    bool isDisabled = false;
    ValueMap metadata;  ///< everything else, by its registered name
    /// Of one that registered itself: when it vanishes, unless it gets a code or token before.
    TimePoint unusedUntil = never;
    ValueMap kept;  ///< what the module that registered it keeps with it, told to nobody
    Sourced sourced{};

    /// A client that can keep a secret (RFC 6749 section 2.1).
    bool isConfidential() const noexcept { return authMethod != "none"; }
    bool allowsGrant(std::string_view grantType) const noexcept {
        return std::find(grantTypes.begin(), grantTypes.end(), grantType) != grantTypes.end();
    }
};

}  // namespace gatehouse
