// SPDX-License-Identifier: Apache-2.0
#include "metadata/ServerMetadata.h"

#include "json/Json.h"

#include <mutex>

namespace gatehouse {

std::shared_ptr<const std::string> ServerMetadata::document(const Issuer& issuer) const {
    {
        const std::shared_lock lock(mutex_);
        if (const auto found = documents_.find(issuer.id); found != documents_.end()) {
            return found->second;
        }
    }
    ValueMap metadata{{"issuer", issuer.url}};
    for (const auto* module : modules_) {
        module->describe(issuer, metadata);
    }
    auto document = std::make_shared<const std::string>(toJson(metadata));
    const std::unique_lock lock(mutex_);
    return documents_.insert_or_assign(issuer.id, std::move(document)).first->second;
}

}  // namespace gatehouse
