// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Value.h>
#include <gatehouse/facade/Clients.h>

#include "AccessTokens.h"
#include "Settings.h"
#include "SoftwareStatements.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Turns what a client says of itself into a registration, and a registration into what it is told
/// (RFC 7591 section 3.2.1). What it keeps with a client: the hash of its registration access
/// token, the policy of the initial access token, and the software statement. Threads: any.
class Registrar {
public:
    Registrar(Host& host, const RegistrationSettings& settings,
              const SoftwareStatements& statements)
        : host_(host), clients_(host.one<Clients>()), settings_(settings), statements_(statements),
          tokens_(host) {}

    /// A client that is told of, with the token that it has from now on.
    struct Registered {
        NewClient made;
        std::string token;
    };

    /// `policy`: of its initial access token.
    Result<Registered, OAuthError> enroll(const Context& context, const ValueMap& body,
                                          const Policy& policy) const;
    /// The client that has this registration access token. invalid_token: none has.
    Result<StoredClient, OAuthError> find(const Context& context, std::string_view clientId,
                                          std::string_view token) const;
    /// The token is another one afterwards. nullopt: it was changed by somebody else meanwhile.
    Result<std::optional<Registered>, OAuthError>
    replace(const Context& context, const StoredClient& before, const ValueMap& body) const;
    std::string describe(const Context& context, const Registered& registered) const;

private:
    Result<SelfRegistration, OAuthError> wishOf(const Context& context, const ValueMap& body,
                                                ValueMap kept) const;
    /// What the software statement says, a new one in `body` or the one in `kept`, where it is put.
    Result<ValueMap, OAuthError> statedIn(const ValueMap& body, ValueMap& kept) const;

    Host& host_;
    const Clients& clients_;
    const RegistrationSettings& settings_;
    const SoftwareStatements& statements_;
    const AccessTokens tokens_;
};

}  // namespace gatehouse
