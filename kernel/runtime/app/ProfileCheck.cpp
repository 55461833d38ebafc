// SPDX-License-Identifier: Apache-2.0
#include "app/ProfileCheck.h"

#include <gatehouse/ConfiguredResources.h>

#include "text/Thrown.h"

namespace gatehouse {

namespace {

using Resources = std::vector<std::shared_ptr<const ProtectedResource>>;

Resources resourcesOf(const Instance& instance, Problems& problems) {
    const auto* configured = instance.plugin() == nullptr
                                 ? nullptr
                                 : capabilityOf<ConfiguredResources>(*instance.plugin());
    try {
        return configured == nullptr ? Resources() : configured->configured();
    } catch (...) {
        problems.add(instance.setup().place,
                     instance.setup().label +
                         ": asked for its resources, it threw an exception: " + whatWasThrown());
        return {};
    }
}

/// A token for it would be refused to every client.
void checkResource(const ProtectedResource& resource, const Instance& registry,
                   const std::vector<IssuerEntry>& issuers, const HeldProfiles& held,
                   Problems& problems) {
    for (const auto& entry : issuers) {
        const auto why = held.objection(entry.issuer.id, Client(), resource);
        if (!why.empty()) {
            problems.add(registry.setup().place,
                         registry.setup().label + ": " + resource.identifier + ": " + why);
        }
    }
}

}  // namespace

std::map<IssuerId, std::string> profilesOf(const std::vector<IssuerEntry>& issuers) {
    std::map<IssuerId, std::string> profiles;
    for (const auto& entry : issuers) {
        profiles.emplace(entry.issuer.id, entry.profile);
    }
    return profiles;
}

Lifetimes::OfIssuers lifetimesOf(const std::vector<IssuerEntry>& issuers) {
    Lifetimes::OfIssuers lifetimes;
    for (const auto& entry : issuers) {
        if (!entry.lifetimes.empty()) {
            lifetimes.emplace(entry.issuer.id, entry.lifetimes);
        }
    }
    return lifetimes;
}

void checkProfiles(const std::vector<IssuerEntry>& issuers, const HeldProfiles& held,
                   const PluginRegistry& registry, Problems& problems) {
    for (const auto& entry : issuers) {
        for (const auto& problem : held.problems(entry.issuer.id)) {
            problems.add(entry.place, "profile " + entry.profile + ": " + problem);
        }
    }
    for (const auto& instance : registry.of(ResourceRegistry::point.name)) {
        for (const auto& resource : resourcesOf(*instance, problems)) {
            checkResource(*resource, *instance, issuers, held, problems);
        }
    }
}

}  // namespace gatehouse
