// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Records.h>

#include "login/Session.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

// A session as its record has it. The key is its selector.

constexpr std::string_view sessionKind = "session";

std::string sessionText(const Session& session);
/// nullopt when it is none.
std::optional<Session> sessionFrom(const Record& record);
/// It is as it was read.
Expect unchanged(const Session& session);

}  // namespace gatehouse
