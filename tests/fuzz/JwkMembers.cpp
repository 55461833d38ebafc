// SPDX-License-Identifier: Apache-2.0
// Keys of anybody, as JWK.
#include "Fuzz.h"
#include "jose/Algorithm.h"
#include "jose/Jwk.h"
#include "jose/VerificationKey.h"
#include "json/Json.h"

#include <string>

namespace gatehouse::fuzz {

namespace {

/// Nobody has signed with the key, so no signature of any length holds.
void checkVerifiesNothing(const VerificationKey& key) {
    for (const auto algorithm : supportedAlgorithms()) {
        for (const std::size_t size : {0U, 64U, 96U, 132U, 256U}) {
            const std::string zeros(size, '\0');
            const std::string one = zeros.empty() ? zeros : '\1' + zeros.substr(1);
            const std::string ones(size, '\1');
            for (const auto& signature : {zeros, one, ones}) {
                ensure(!key.verify(algorithm, "input", signature),
                       "a key verifies no signature that it has not made");
            }
        }
    }
    ensure(!key.allows("none") && !key.allows("HS256"), "a public key is for no other algorithm");
}

}  // namespace

void run(std::string_view input) {
    const auto value = parseJson(input);
    if (!value || value->map() == nullptr) {
        return;
    }
    const auto key = VerificationKey::fromJwk(*value->map());
    if (!key) {
        return;
    }
    ensure(!thumbprint(*value->map()).empty(), "a key has a thumbprint");
    const auto again = parseJson(toJson(*value));
    ensure(again && VerificationKey::fromJwk(*again->map()), "a key that is written is a key");
    checkVerifiesNothing(*key);
}

}  // namespace gatehouse::fuzz
