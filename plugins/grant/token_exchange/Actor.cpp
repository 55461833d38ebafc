// SPDX-License-Identifier: Apache-2.0
#include "Actor.h"

#include <algorithm>

namespace gatehouse {

ValueMap actedBy(const ValueMap& actor, const ValueMap& until) {
    ValueMap act = actor;
    if (!until.empty()) {
        act.set("act", until);
    }
    return act;
}

std::size_t countActors(const ValueMap& act) {
    std::size_t count = 0;
    for (const ValueMap* each = &act; each != nullptr && !each->empty();) {
        ++count;
        const Value* next = each->find("act");
        each = next == nullptr ? nullptr : next->map();
    }
    return count;
}

bool mayAct(const Value* mayAct, const ValueMap& actor) {
    if (mayAct == nullptr) {
        return true;
    }
    const ValueMap* wanted = mayAct->map();
    return wanted != nullptr && !wanted->empty() &&
           std::all_of(wanted->begin(), wanted->end(), [&](const Member& member) {
               const Value* said = actor.find(member.name);
               return said != nullptr && *said == member.value;
           });
}

}  // namespace gatehouse
