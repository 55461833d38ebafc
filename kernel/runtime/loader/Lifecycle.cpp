// SPDX-License-Identifier: Apache-2.0
#include "loader/Lifecycle.h"

#include <utility>

namespace gatehouse {

Lifecycle::Lifecycle(PluginRegistry& registry, std::vector<std::size_t> order)
    : registry_(registry), order_(std::move(order)) {}

std::optional<std::string> Lifecycle::start(const Visitor& started, const Visitor& satOut) {
    std::vector<Instance*> startedHere;
    for (const std::size_t position : order_) {
        Instance& instance = *registry_.instances()[position];
        if (instance.isStarted() || !instance.failure().empty()) {
            continue;
        }
        instance.host().give(registry_.givenTo(instance.descriptor()));
        if (const auto problem = instance.start()) {
            if (instance.sitOut(*problem)) {
                satOut(instance);
                continue;
            }
            undo(startedHere);
            return instance.setup().label + ": " + *problem;
        }
        startedHere.push_back(&instance);
        started(instance);
    }
    return std::nullopt;
}

void Lifecycle::stop() noexcept {
    for (auto position = order_.rbegin(); position != order_.rend(); ++position) {
        const auto& instance = registry_.instances()[*position];
        if (instance.use_count() == 1) {
            instance->stop();
        }
    }
}

void Lifecycle::undo(const std::vector<Instance*>& started) noexcept {
    for (auto instance = started.rbegin(); instance != started.rend(); ++instance) {
        (*instance)->stop();
    }
}

}  // namespace gatehouse
