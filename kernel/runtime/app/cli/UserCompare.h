// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"

namespace gatehouse {

/// `gatehouse user compare`: what one user store says of people and another does not.
Command userCompareCommand();

}  // namespace gatehouse
