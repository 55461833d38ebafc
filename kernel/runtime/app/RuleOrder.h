// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Problems.h"
#include "loader/PluginRegistry.h"

#include <string>
#include <vector>

namespace gatehouse {

/// An authorization rule or request source, as far as its order goes.
struct OrderedRule {
    std::string label;  ///< of a plugin; of the kernel's the name
    std::string instance;  ///< empty: the kernel's own
    std::vector<std::string> parameters;
    std::vector<std::string> after;  ///< as declared
};

/// The request sources as they are configured, with their parameters; they are asked before any
/// rule.
std::vector<OrderedRule> listedSources(const PluginRegistry& registry);

/// In which the rules of authorization requests are asked: the kernel's from top to bottom, then
/// those of plugins, each behind those it declares, otherwise as configured. A name that there is
/// not, a circle, and a plugin that throws when it is asked for its names are problems, and then
/// there are only the kernel's.
std::vector<OrderedRule> ruleOrder(const PluginRegistry& registry, Problems& problems);

/// Those of plugins among them, by their instances.
std::vector<std::string> instancesOf(const std::vector<OrderedRule>& rules);

}  // namespace gatehouse
