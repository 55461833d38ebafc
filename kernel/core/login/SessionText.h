// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Records.h>

#include "login/Session.h"

#include <optional>
#include <string>

namespace gatehouse {

// A session as its record has it. The key is its selector.

std::string sessionText(const Session& session);
/// nullopt when it is none.
std::optional<Session> sessionFrom(const Record& record);

}  // namespace gatehouse
