// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Commands.h>
#include <gatehouse/Host.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// What operators do with invitations.
std::vector<OfferedCommand> invitationCommands();
Result<Value> runInvitationCommand(Host& host, const Context& context, std::string_view name,
                                   const GivenArguments& arguments);

}  // namespace gatehouse
