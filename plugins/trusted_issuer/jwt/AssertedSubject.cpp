// SPDX-License-Identifier: Apache-2.0
#include "AssertedSubject.h"

#include "text/Contains.h"

#include <algorithm>

namespace gatehouse {

namespace {

bool saysAll(const ValueMap& claims, const ValueMap& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const Member& member) {
        const Value* claim = claims.find(member.name);
        return claim != nullptr && says(*claim, member.value);
    });
}

}  // namespace

bool says(const Value& claim, const Value& wanted) {
    if (const auto* members = wanted.map()) {
        return claim.map() != nullptr && saysAll(*claim.map(), *members);
    }
    if (const auto* choices = wanted.list()) {
        return contains(*choices, claim);
    }
    return claim == wanted;
}

bool AssertedSubject::isFor(const Client& client, const ValueMap& claims) const {
    return contains(clients, client.id) && saysAll(claims, when);
}

}  // namespace gatehouse
