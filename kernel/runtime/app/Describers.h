// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "loader/PluginRegistry.h"
#include "metadata/Describer.h"

#include <vector>

namespace gatehouse {

/// Those who make the discovery document: modules, rules of client metadata, request sources, token
/// bindings and rules of authorization requests, and last who says where else all that is found.
std::vector<Describer> describersOf(const PluginRegistry& registry);

}  // namespace gatehouse
