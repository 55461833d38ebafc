// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Commands.h>
#include <gatehouse/Host.h>

#include <string_view>
#include <vector>

namespace gatehouse {

std::vector<OfferedCommand> passkeyCommands();

/// `name` is one of them. The host's plugin needs "people".
Result<Value> runPasskeyCommand(Host& host, const Context& context, std::string_view name,
                                const std::vector<std::string>& arguments);

}  // namespace gatehouse
