// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <string>

namespace gatehouse {

/// RFC 3339 in UTC with milliseconds: "2024-05-01T12:00:00.000Z". Many of one second are cheap.
std::string rfc3339(TimePoint time);

/// The same without the fraction: "2024-05-01T12:00:00Z".
std::string rfc3339Second(TimePoint time);

/// The day alone: "2024-05-01".
std::string rfc3339Day(TimePoint time);

}  // namespace gatehouse
