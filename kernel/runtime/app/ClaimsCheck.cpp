// SPDX-License-Identifier: Apache-2.0
#include "app/ClaimsCheck.h"

#include <gatehouse/TokenNote.h>
#include <gatehouse/User.h>
#include <gatehouse/point/AuthorizationRule.h>
#include <gatehouse/point/ClaimsSource.h>

#include "text/Thrown.h"
#include "token/ClaimsPolicy.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

using Owners = std::map<std::string, const Instance*, std::less<>>;

/// A rule gives what tokens carry of its notes.
std::vector<std::string_view> namesOf(Plugin& plugin) {
    if (const auto* source = dynamic_cast<const ClaimsSource*>(&plugin)) {
        return source->names();
    }
    const auto* note = capabilityOf<TokenNote>(plugin);
    return note == nullptr ? std::vector<std::string_view>() : std::vector{note->member()};
}

std::vector<std::string> namesOf(const Instance& instance, Problems& problems) {
    std::vector<std::string> names;
    try {
        for (const auto name : namesOf(*instance.plugin())) {
            names.emplace_back(name);
        }
    } catch (...) {
        problems.add(instance.setup().place,
                     instance.setup().label +
                         ": asked for its claims, it threw an exception: " + whatWasThrown());
    }
    return names;
}

/// Who else gives it; empty: nobody.
std::string otherOwner(const std::string& name, const ClaimsPolicy& configured,
                       const Owners& owners) {
    if (isServersClaim(name)) {
        return "which only the server says";
    }
    if (configured.find(name) != nullptr) {
        const auto& standard = standardClaims();
        const bool isStandard = std::any_of(standard.begin(), standard.end(),
                                            [&](const auto& rule) { return rule.name == name; });
        return isStandard ? "which user stores give" : "as does oauth.claims";
    }
    const auto owner = owners.find(name);
    return owner == owners.end() ? std::string()
                                 : "as does " + owner->second->setup().label + " at " +
                                       owner->second->setup().place.text();
}

void checkClaims(const Instance& instance, const ClaimsPolicy& configured, Owners& owners,
                 Problems& problems) {
    for (const auto& name : namesOf(instance, problems)) {
        const auto other = otherOwner(name, configured, owners);
        if (!other.empty()) {
            std::string said = instance.setup().label;
            said.append(": gives the claim \"").append(name).append("\", ").append(other);
            problems.add(instance.setup().place, said);
        }
        owners.emplace(name, &instance);
    }
}

}  // namespace

void checkClaims(const PluginRegistry& registry, const ClaimsPolicy& configured,
                 Problems& problems) {
    Owners owners;
    for (const auto* point : {ClaimsSource::point.name, AuthorizationRule::point.name}) {
        for (const auto& instance : registry.of(point)) {
            if (instance->plugin() != nullptr) {
                checkClaims(*instance, configured, owners, problems);
            }
        }
    }
}

}  // namespace gatehouse
