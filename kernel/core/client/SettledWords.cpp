// SPDX-License-Identifier: Apache-2.0
#include "client/SettledWords.h"

#include "client/ClientMetadata.h"
#include "client/HeldProfiles.h"
#include "client/OwnWords.h"

namespace gatehouse {

ValueMap withSettled(IssuerId issuer, const HeldProfiles& profiles, const ClientRules& rules,
                     ValueMap metadata) {
    const auto client = clientFromMetadata(metadata);
    if (!client) {
        return metadata;
    }
    for (const auto& line : profiles.settles(issuer, *client)) {
        if (isOwnWord(rules, line.member) && line.value.list() == nullptr) {
            metadata.set(line.member, line.value);
        }
    }
    return metadata;
}

}  // namespace gatehouse
