// SPDX-License-Identifier: Apache-2.0
#include "app/LogLine.h"

#include "json/JsonWriter.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace gatehouse {

namespace {

constexpr std::array<std::string_view, 6> ownNames{"time",    "level",      "instance",
                                                   "message", "request_id", "trace_id"};

/// The trace id inside a W3C traceparent: version "-" trace id "-" parent id "-" flags.
std::string_view traceId(std::string_view traceParent) {
    constexpr std::size_t start = 3;
    constexpr std::size_t length = 32;
    return traceParent.size() < start + length ? std::string_view{}
                                               : traceParent.substr(start, length);
}

void appendTwoDigits(std::string& out, int value) {
    out += static_cast<char>('0' + value / 10 % 10);
    out += static_cast<char>('0' + value % 10);
}

std::string secondText(std::int64_t second) {
    const auto time = static_cast<std::time_t>(second);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    std::string text = std::to_string(parts.tm_year + 1900);
    const std::array<std::pair<char, int>, 5> rest{{{'-', parts.tm_mon + 1},
                                                    {'-', parts.tm_mday},
                                                    {'T', parts.tm_hour},
                                                    {':', parts.tm_min},
                                                    {':', parts.tm_sec}}};
    for (const auto& [separator, value] : rest) {
        text += separator;
        appendTwoDigits(text, value);
    }
    return text;
}

}  // namespace

std::string logLine(const LogEntry& entry) {
    JsonWriter line;
    line.text("time", logTime(entry.time)).text("level", levelName(entry.level));
    line.text("instance", entry.instance).text("message", entry.message);
    if (!entry.requestId.empty()) {
        line.text("request_id", entry.requestId);
    }
    if (const auto id = traceId(entry.traceParent); !id.empty()) {
        line.text("trace_id", id);
    }
    for (const auto& field : entry.fields) {
        if (std::find(ownNames.begin(), ownNames.end(), field.name) == ownNames.end()) {
            line.value(field.name, field.value);
        }
    }
    return line.finish() + "\n";
}

std::string_view levelName(Level level) noexcept {
    constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

std::string logTime(TimePoint time) {
    const auto sinceEpoch = time.time_since_epoch();
    const std::int64_t second = std::chrono::floor<seconds>(sinceEpoch).count();
    const auto fraction = static_cast<int>((sinceEpoch - seconds{second}).count());
    // Lines come many to a second.
    thread_local std::int64_t lastSecond = -1;
    thread_local std::string lastText;
    if (second != lastSecond) {
        lastText = secondText(second);
        lastSecond = second;
    }
    std::string text = lastText + ".";
    text += static_cast<char>('0' + fraction / 100);
    appendTwoDigits(text, fraction % 100);
    return text + "Z";
}

}  // namespace gatehouse
