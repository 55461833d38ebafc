// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "loader/PluginRegistry.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// Starts the instances of one configuration in their order and stops them the other way round. An
/// instance that runs already, carried over from the configuration before, is left running. Main
/// thread only.
class Lifecycle {
public:
    /// `order`: positions in the registry.
    Lifecycle(PluginRegistry& registry, std::vector<std::size_t> order);

    using Visitor = std::function<void(Instance&)>;
    /// Starts all, or nothing: when one fails, what was started here is stopped in reverse, and the
    /// message says which failed and why. `started` is told of each that runs, `satOut` of each
    /// optional one that failed.
    std::optional<std::string> start(const Visitor& started, const Visitor& satOut);
    /// Stops, in reverse, those that no other configuration uses.
    void stop() noexcept;

    const std::vector<std::size_t>& order() const noexcept { return order_; }

private:
    void undo(const std::vector<Instance*>& started) noexcept;

    PluginRegistry& registry_;
    std::vector<std::size_t> order_;
};

}  // namespace gatehouse
