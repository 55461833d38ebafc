// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "loader/PluginRegistry.h"

#include <vector>

namespace gatehouse {

/// The plugins of a point that were made, by their labels.
template <class P> std::vector<Host::Named<P>> namedAll(const PluginRegistry& registry) {
    std::vector<Host::Named<P>> named;
    for (const auto& instance : registry.of(P::point.name)) {
        if (auto* plugin = dynamic_cast<P*>(instance->plugin())) {
            named.push_back({instance->setup().label, plugin});
        }
    }
    return named;
}

}  // namespace gatehouse
