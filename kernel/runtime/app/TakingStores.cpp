// SPDX-License-Identifier: Apache-2.0
#include "app/TakingStores.h"

#include <gatehouse/TakesPeople.h>
#include <gatehouse/point/UserStore.h>

namespace gatehouse {

std::set<std::string, std::less<>> storesThatTakePeople(const PluginRegistry& registry) {
    std::set<std::string, std::less<>> stores;
    for (const auto& instance : registry.of(UserStore::point.name)) {
        if (instance->plugin() != nullptr &&
            capabilityOf<TakesPeople>(*instance->plugin()) != nullptr) {
            stores.insert(instance->setup().name);
        }
    }
    return stores;
}

}  // namespace gatehouse
