// SPDX-License-Identifier: Apache-2.0
#include "app/ProfileCheck.h"

namespace gatehouse {

std::map<IssuerId, std::string> profilesOf(const std::vector<IssuerEntry>& issuers) {
    std::map<IssuerId, std::string> profiles;
    for (const auto& entry : issuers) {
        profiles.emplace(entry.issuer.id, entry.profile);
    }
    return profiles;
}

void checkProfiles(const std::vector<IssuerEntry>& issuers, const HeldProfiles& held,
                   Problems& problems) {
    for (const auto& entry : issuers) {
        for (const auto& problem : held.problems(entry.issuer.id)) {
            problems.add(entry.place, "profile " + entry.profile + ": " + problem);
        }
    }
}

}  // namespace gatehouse
