// SPDX-License-Identifier: Apache-2.0
#include "app/ConfiguredSinks.h"

#include <algorithm>

namespace gatehouse {

EventBus::Sinks configuredSinks(const PluginRegistry& registry,
                                const std::vector<PluginEntry>& entries) {
    EventBus::Sinks sinks;
    for (const auto& instance : registry.of(EventSink::point.name)) {
        const auto& label = instance->setup().label;
        const bool mayLose =
            std::any_of(entries.begin(), entries.end(), [&](const PluginEntry& entry) {
                return entry.label == label && entry.mayLose;
            });
        sinks.push_back({{instance, dynamic_cast<EventSink*>(instance->plugin())},
                         label,
                         mayLose ? WhenFull::drop : WhenFull::wait});
    }
    return sinks;
}

}  // namespace gatehouse
