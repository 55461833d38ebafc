// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Commands.h>
#include <gatehouse/Host.h>

#include <string_view>
#include <vector>

namespace gatehouse {

std::vector<OfferedCommand> recoveryCommands();

/// `name` is one of them. The host's plugin needs "people".
Result<Value> runRecoveryCommand(Host& host, const Context& context, std::string_view name,
                                 std::string_view login);

}  // namespace gatehouse
