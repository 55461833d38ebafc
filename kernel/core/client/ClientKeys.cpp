// SPDX-License-Identifier: Apache-2.0
#include "client/ClientKeys.h"

#include "client/ClientRules.h"
#include "jose/Jwk.h"
#include "jose/VerificationKey.h"

#include <string>

namespace gatehouse {

const ValueList* keysOfJwks(const Value& jwks) {
    const Value* keys = jwks.map() == nullptr ? nullptr : jwks.map()->find("keys");
    return keys == nullptr ? nullptr : keys->list();
}

Status checkClientKeys(const Client& client, const ClientRules& rules) {
    const Value* jwks = client.metadata.find("jwks");
    if (jwks == nullptr) {
        const bool isNeeded = client.authMethod == "private_key_jwt" ||
                              client.authMethod == "self_signed_tls_client_auth";
        return !isNeeded || rules.knowKeysOf(client.metadata)
                   ? done()
                   : Error::badInput("jwks: needed for " + client.authMethod);
    }
    bool isUsable = false;
    std::string problems;
    std::size_t number = 0;
    for (const Value& entry : *keysOfJwks(*jwks)) {
        const std::string key = "key " + std::to_string(++number);
        if (entry.map() == nullptr) {
            return Error::badInput("jwks: " + key + " is not a map");
        }
        if (isPrivateJwk(*entry.map())) {
            return Error::badInput("jwks: " + key +
                                   " is a private or symmetric one; give the public half alone");
        }
        const auto read = VerificationKey::fromJwk(*entry.map());
        isUsable = isUsable || read;
        problems += read ? "" : "; " + key + ": " + read.error().detail;
    }
    return isUsable || client.authMethod != "private_key_jwt"
               ? done()
               : Error::badInput("jwks: holds no key that verifies signatures" + problems);
}

}  // namespace gatehouse
