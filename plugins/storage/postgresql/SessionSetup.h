// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <string>

namespace gatehouse {

/// The statements every session has prepared.
namespace statement {
constexpr const char* apply = "gatehouse_apply";
constexpr const char* find = "gatehouse_find";
constexpr const char* listAll = "gatehouse_list_all";
constexpr const char* listLinked = "gatehouse_list_linked";
constexpr const char* count = "gatehouse_count";
constexpr const char* changes = "gatehouse_changes";
constexpr const char* time = "gatehouse_time";
constexpr const char* dropExpired = "gatehouse_drop";
}  // namespace statement

/// The SQL that makes a new session ours, in one round trip: what it may do for how long, and the
/// statements above.
std::string sessionSetup(milliseconds statementTimeout);

}  // namespace gatehouse
