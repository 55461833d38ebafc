// SPDX-License-Identifier: Apache-2.0
#include "loader/PluginRegistry.h"

#include <algorithm>

namespace gatehouse {

std::vector<std::shared_ptr<Instance>> PluginRegistry::of(std::string_view point) const {
    std::vector<std::shared_ptr<Instance>> found;
    for (const auto& instance : instances_) {
        if (instance->failure().empty() && point == instance->descriptor().point.name) {
            found.push_back(instance);
        }
    }
    return found;
}

std::shared_ptr<Instance> PluginRegistry::find(std::string_view point,
                                               std::string_view name) const {
    for (const auto& instance : of(point)) {
        if (instance->setup().name == name) {
            return instance;
        }
    }
    return nullptr;
}

GivenHost::Given PluginRegistry::givenTo(const PluginDescriptor& descriptor) const {
    GivenHost::Given given;
    for (const char* need : descriptor.needs) {
        auto& list = given[need];
        for (const auto& instance : of(need)) {
            list.push_back({instance->setup().name, instance->plugin()});
        }
    }
    return given;
}

bool PluginRegistry::gives(Instance& running) const {
    const auto now = givenTo(running.descriptor());
    const auto& then = running.host().given();
    return std::equal(
        now.begin(), now.end(), then.begin(), then.end(), [](const auto& left, const auto& right) {
            return left.first == right.first &&
                   std::equal(left.second.begin(), left.second.end(), right.second.begin(),
                              right.second.end(), [](const auto& a, const auto& b) {
                                  return a.name == b.name && a.plugin == b.plugin;
                              });
        });
}

}  // namespace gatehouse
