// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Commands.h>

#include "InitialTokens.h"

#include <string_view>
#include <vector>

namespace gatehouse {

/// `gatehouse registration-token create|list|revoke`.
std::vector<OfferedCommand> tokenCommands();
Result<Value> runTokenCommand(Host& host, const Context& context, std::string_view name,
                              const GivenArguments& arguments);

}  // namespace gatehouse
