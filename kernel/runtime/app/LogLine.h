// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// One thing to log. Views are good during the call.
struct LogEntry {
    TimePoint time;
    Level level = Level::info;
    std::string_view instance;
    std::string_view message;
    std::string_view requestId;  ///< may be empty
    std::string_view traceParent;  ///< W3C trace context; may be empty
    const ValueMap& fields;
};

/// The entry as one JSON object with a line break: time, level, instance, message, request_id,
/// trace_id, then the fields. A field that has the name of one of these is left out. Control
/// characters are escaped. What is too long is cut, and says so: a message, the value of a field,
/// and the fields together ("fields_left_out").
std::string logLine(const LogEntry& entry);

std::string_view levelName(Level level) noexcept;

}  // namespace gatehouse
