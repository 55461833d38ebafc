// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/EventBus.h"
#include "config/Configuration.h"
#include "loader/PluginRegistry.h"

#include <vector>

namespace gatehouse {

/// The event sinks that take part, each with what its entry says of a full queue.
EventBus::Sinks configuredSinks(const PluginRegistry& registry,
                                const std::vector<PluginEntry>& entries);

}  // namespace gatehouse
