// SPDX-License-Identifier: Apache-2.0
#include "text/Rfc3339.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <cstdint>

namespace gatehouse {

namespace {

std::string formatted(TimePoint time, const char* format) {
    const auto count = std::chrono::microseconds(time.time_since_epoch()).count();
    return Poco::DateTimeFormatter::format(Poco::Timestamp(count), format);
}

}  // namespace

std::string rfc3339(TimePoint time) {
    const auto second = std::chrono::floor<seconds>(time);
    thread_local TimePoint lastSecond = never;
    thread_local std::string lastText;
    if (second != lastSecond) {
        lastText = formatted(second, "%Y-%m-%dT%H:%M:%S.");
        lastSecond = second;
    }
    const auto fraction = static_cast<int>((time - second).count());
    const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
    std::string text;
    text.reserve(sizeof "2024-05-01T12:00:00.000Z");
    text += lastText;
    text += digit(fraction / 100);
    text += digit(fraction / 10);
    text += digit(fraction);
    text += 'Z';
    return text;
}

std::string rfc3339Second(TimePoint time) {
    return formatted(time, "%Y-%m-%dT%H:%M:%SZ");
}

std::string rfc3339Day(TimePoint time) {
    return formatted(time, "%Y-%m-%d");
}

}  // namespace gatehouse
