// SPDX-License-Identifier: Apache-2.0
#include "metadata/ServerMetadata.h"

#include "client/HeldProfiles.h"
#include "json/Json.h"
#include "metadata/ProfiledMetadata.h"

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace gatehouse {

std::shared_ptr<const std::string> ServerMetadata::document(const Issuer& issuer) const {
    {
        const std::shared_lock lock(mutex_);
        if (const auto found = documents_.find(issuer.id); found != documents_.end()) {
            return found->second;
        }
    }
    std::string conflict;  // told when the server started
    auto document = std::make_shared<const std::string>(
        toJson(profiledMetadata(profiles_.of(issuer.id), describe(issuer, conflict))));
    const std::unique_lock lock(mutex_);
    return documents_.insert_or_assign(issuer.id, std::move(document)).first->second;
}

Status ServerMetadata::check(const Issuer& issuer) const {
    std::string conflict;
    describe(issuer, conflict);
    return conflict.empty() ? done() : Error::badInput(conflict);
}

ValueMap ServerMetadata::describe(const Issuer& issuer, std::string& conflict) const {
    ValueMap metadata{{"issuer", issuer.url}};
    std::map<std::string, std::string> owners{{"issuer", "the server"}};
    for (const auto& [label, describer] : describers_) {
        ValueMap described = metadata;
        describer(issuer, described);
        for (const auto& member : metadata) {
            const Value* now = described.find(member.name);
            if (now == nullptr || !(*now == member.value)) {
                conflict = label + ": changes \"" + member.name +
                           "\" of the discovery document, which is said by " + owners[member.name];
                described.set(member.name, member.value);
            }
        }
        for (const auto& member : described) {
            owners.emplace(member.name, label);
        }
        metadata = std::move(described);
    }
    return metadata;
}

}  // namespace gatehouse
