// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "UnixAccount.h"

#include <vector>

namespace gatehouse {

/// In this program, the accounts of the machine, each in the group "users" and one of its own name.
std::vector<UnixAccount>& accounts();

/// Instead of an answer; 0: there is one.
int& nameServiceProblem();

}  // namespace gatehouse
