// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "app/cli/Arguments.h"

#include <string>

namespace gatehouse {

/// What an audit event tells of a command: who (the user of the operating system, and whom sudo
/// says it was), on which host, which command, on what, with which options. Never an option's
/// value, which may be a secret.
ValueMap commandDetails(const Arguments& arguments, const std::string& target);

}  // namespace gatehouse
