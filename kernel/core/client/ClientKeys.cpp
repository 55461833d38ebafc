// SPDX-License-Identifier: Apache-2.0
#include "client/ClientKeys.h"

#include "client/ClientRules.h"
#include "jose/Jwk.h"
#include "jose/VerificationKey.h"

#include <string>
#include <string_view>

namespace gatehouse {

namespace {

Status checkWithoutKeys(const Client& client, const ClientRules& rules) {
    const bool isNeeded = client.authMethod == "private_key_jwt" ||
                          client.authMethod == "self_signed_tls_client_auth";
    return !isNeeded || rules.knowKeysOf(client.metadata)
               ? done()
               : Error::badInput("jwks: needed for " + client.authMethod);
}

/// Of an entry that no client may have; empty: it may.
std::string_view keyProblem(const Value& entry) {
    if (entry.map() == nullptr) {
        return "is not a map";
    }
    return isPrivateJwk(*entry.map()) ? "is a private or symmetric one; give the public half alone"
                                      : std::string_view();
}

}  // namespace

const ValueList* keysOfJwks(const Value& jwks) {
    const Value* keys = jwks.map() == nullptr ? nullptr : jwks.map()->find("keys");
    return keys == nullptr ? nullptr : keys->list();
}

Status checkClientKeys(const Client& client, const ClientRules& rules) {
    const Value* jwks = client.metadata.find("jwks");
    if (jwks == nullptr) {
        return checkWithoutKeys(client, rules);
    }
    bool isUsable = false;
    std::string unusable;
    std::size_t number = 0;
    for (const Value& entry : *keysOfJwks(*jwks)) {
        const std::string key = "key " + std::to_string(++number);
        if (const auto problem = keyProblem(entry); !problem.empty()) {
            return Error::badInput("jwks: " + key + " " + std::string(problem));
        }
        if (const auto read = VerificationKey::fromJwk(*entry.map())) {
            isUsable = true;
        } else {
            unusable.append("; ").append(key).append(": ").append(read.error().detail);
        }
    }
    return isUsable || client.authMethod != "private_key_jwt"
               ? done()
               : Error::badInput("jwks: holds no key that verifies signatures" + unusable);
}

}  // namespace gatehouse
