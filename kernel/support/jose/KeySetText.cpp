// SPDX-License-Identifier: Apache-2.0
#include "jose/KeySetText.h"

#include "jose/Jwk.h"
#include "jose/JwkKey.h"
#include "json/Json.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view publicMembers[] = {"kty", "use", "key_ops", "alg", "kid",
                                              "crv", "x",   "y",       "n",   "e"};

ValueMap publicPart(const ValueMap& jwk) {
    ValueMap part;
    for (const auto member : publicMembers) {
        if (const auto* value = jwk.find(member)) {
            part.set(member, *value);
        }
    }
    return part;
}

std::string problemOf(const ValueList& keys) {
    if (keys.size() > mostKeys) {
        return "it has more than " + std::to_string(mostKeys) + " keys";
    }
    for (const auto& key : keys) {
        if (key.map() == nullptr) {
            return "one of its keys is no object";
        }
        if (isPrivateJwk(*key.map())) {
            return "it has a private or symmetric key";
        }
    }
    return {};
}

}  // namespace

Result<Value> readKeySet(std::string_view text) {
    const auto json = text.size() <= longestKeySet ? parseJson(text) : std::nullopt;
    const auto* keys = json && json->map() != nullptr ? json->map()->find("keys") : nullptr;
    if (keys == nullptr || keys->list() == nullptr) {
        return Error::badInput("it is not a JWK Set");
    }
    if (const auto problem = problemOf(*keys->list()); !problem.empty()) {
        return Error::badInput(problem);
    }
    ValueList known;
    for (const auto& key : *keys->list()) {
        if (keyFromJwk(*key.map())) {
            known.emplace_back(publicPart(*key.map()));
        }
    }
    return Value(ValueMap{{"keys", std::move(known)}});
}

}  // namespace gatehouse
