// SPDX-License-Identifier: Apache-2.0
#include "app/LogLine.h"

#include "json/Json.h"
#include "json/JsonWriter.h"
#include "text/Rfc3339.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

constexpr std::array<std::string_view, 6> ownNames{"time",    "level",      "instance",
                                                   "message", "request_id", "trace_id"};

// Strangers choose much of what is logged: names, paths, parameters.
constexpr std::size_t longestMessage = 4096;
constexpr std::size_t longestField = 1024;
constexpr std::size_t longestFields = 8192;

/// The text, or its beginning and how long it was; never half a UTF-8 character.
std::string bounded(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) {
        return std::string(text);
    }
    auto end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return std::string(text.substr(0, end))
        .append("...[cut, ")
        .append(std::to_string(text.size()))
        .append(" bytes]");
}

/// About how many bytes the value takes, without writing it.
std::size_t sizeOf(const Value& value) {
    constexpr std::size_t small = 8;
    std::size_t size = small;
    if (const auto* text = value.text()) {
        size += text->size();
    } else if (const auto* list = value.list()) {
        for (const auto& entry : *list) {
            size += sizeOf(entry);
        }
    } else if (const auto* map = value.map()) {
        for (const auto& member : *map) {
            size += member.name.size() + sizeOf(member.value);
        }
    }
    return size;
}

/// Lists and maps that are too long become the beginning of their JSON, as text.
Value bounded(const Value& value) {
    return bounded(value.text() != nullptr ? *value.text() : toJson(value), longestField);
}

void writeFields(const ValueMap& fields, JsonWriter& line) {
    std::size_t size = 0;
    std::int64_t leftOut = 0;
    for (const auto& field : fields) {
        if (std::find(ownNames.begin(), ownNames.end(), field.name) != ownNames.end()) {
            continue;
        }
        const auto own = std::min(sizeOf(field.value), longestField) + field.name.size();
        if (size + own > longestFields) {
            ++leftOut;
            continue;
        }
        size += own;
        if (sizeOf(field.value) > longestField) {
            line.value(field.name, bounded(field.value));
        } else {
            line.value(field.name, field.value);
        }
    }
    if (leftOut > 0) {
        line.number("fields_left_out", leftOut);
    }
}

/// The trace id inside a W3C traceparent: version "-" trace id "-" parent id "-" flags.
std::string_view traceId(std::string_view traceParent) {
    constexpr std::size_t start = 3;
    constexpr std::size_t length = 32;
    return traceParent.size() < start + length ? std::string_view{}
                                               : traceParent.substr(start, length);
}

}  // namespace

std::string logLine(const LogEntry& entry) {
    JsonWriter line;
    line.text("time", rfc3339(entry.time)).text("level", levelName(entry.level));
    line.text("instance", entry.instance).text("message", bounded(entry.message, longestMessage));
    if (!entry.requestId.empty()) {
        line.text("request_id", entry.requestId);
    }
    if (const auto id = traceId(entry.traceParent); !id.empty()) {
        line.text("trace_id", id);
    }
    writeFields(entry.fields, line);
    return line.finish() + "\n";
}

std::string_view levelName(Level level) noexcept {
    constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

}  // namespace gatehouse
