// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>

#include "config/ConfigTree.h"
#include "config/Problems.h"
#include "login/LoginPlan.h"

#include <string>
#include <vector>

namespace gatehouse {

/// What an entry of `login` may hold, and its `when`.
FieldTable loginFields();
FieldTable loginWhenFields();

struct PluginEntry;

/// The names of the login steps among them.
std::vector<std::string> loginSteps(const std::vector<PluginEntry>& plugins);

/// Reads the list `login`. Adds to `problems` what is wrong with an entry; `steps` are the names of
/// the login steps that are configured.
LoginPlan readLogin(const ConfigNode& list, const std::vector<std::string>& steps,
                    Problems& problems);

}  // namespace gatehouse
