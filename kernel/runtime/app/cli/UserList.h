// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"

#include <vector>

namespace gatehouse {

/// `gatehouse user list`: who there is, a page at a time where that is asked for.
int listUsers(const Arguments& arguments);
std::vector<CommandOption> userListOptions();

}  // namespace gatehouse
