// SPDX-License-Identifier: Apache-2.0
// Key sets that clients publish.
#include "Fuzz.h"
#include "jose/Jwk.h"
#include "jose/JwkKey.h"
#include "jose/KeySetText.h"
#include "json/Json.h"

namespace gatehouse::fuzz {

void run(std::string_view input) {
    const auto set = readKeySet(input);
    if (!set) {
        return;
    }
    const auto& keys = *set->map()->find("keys")->list();
    ensure(keys.size() <= mostKeys, "a set has few keys");
    for (const auto& key : keys) {
        ensure(!isPrivateJwk(*key.map()), "no key is a private one");
        ensure(bool(keyFromJwk(*key.map())), "what is kept of a key is the key");
    }
    const auto again = readKeySet(toJson(*set));
    ensure(again && *again == *set, "a set that is written is the same set");
}

}  // namespace gatehouse::fuzz
