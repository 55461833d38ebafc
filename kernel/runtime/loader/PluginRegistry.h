// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>

#include "loader/Instance.h"

#include <memory>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The instances of one configuration, in its order. Filled once, then only read: no locks while
/// serving.
class PluginRegistry {
public:
    void add(std::shared_ptr<Instance> instance) { instances_.push_back(std::move(instance)); }
    void replace(std::size_t position, std::shared_ptr<Instance> instance) {
        instances_[position] = std::move(instance);
    }
    const std::vector<std::shared_ptr<Instance>>& instances() const noexcept { return instances_; }

    /// Those of one point that take part.
    std::vector<std::shared_ptr<Instance>> of(std::string_view point) const;
    /// The instance of this name, or nullptr.
    std::shared_ptr<Instance> find(std::string_view point, std::string_view name) const;
    /// What an instance's `needs` name.
    GivenHost::Given givenTo(const PluginDescriptor& descriptor) const;
    /// Whether an instance that runs already was given the very instances that are here.
    bool gives(Instance& running) const;

    template <class P> std::vector<P*> all() const {
        std::vector<P*> plugins;
        for (const auto& instance : of(P::point.name)) {
            plugins.push_back(dynamic_cast<P*>(instance->plugin()));
        }
        return plugins;
    }

private:
    std::vector<std::shared_ptr<Instance>> instances_;
};

}  // namespace gatehouse
