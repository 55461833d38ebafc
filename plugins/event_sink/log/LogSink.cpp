// SPDX-License-Identifier: Apache-2.0
#include "LogSink.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <stdexcept>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

/// RFC 3339 with milliseconds, in UTC.
std::string timestamp(TimePoint time) {
    const auto count = time.time_since_epoch().count();
    const auto second = static_cast<std::time_t>(toSeconds(time));
    std::tm parts{};
    ::gmtime_r(&second, &parts);
    std::array<char, 40> text{};
    const auto length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text.data() + length, text.size() - length, ".%03dZ",
                  static_cast<int>(count % 1000));
    return text.data();
}

LogRecord recordOf(const Event& event) {
    ValueMap fields{
        {"event", event.type},
        {"event_time", timestamp(event.time)},
        {"issuer", static_cast<std::int64_t>(event.issuer)},
    };
    const auto add = [&fields](const char* name, const std::string& value) {
        if (!value.empty()) {
            fields.set(name, value);
        }
    };
    add("client", event.clientId);
    add("subject", event.subject);
    add("remote_address", event.remoteAddress);
    if (!event.details.empty()) {
        fields.set("details", event.details);
    }
    return {"audit: " + std::string(event.type), event.requestId, std::move(fields)};
}

}  // namespace

Status LogSink::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

void LogSink::publish(const std::vector<Event>& events) {
    std::vector<LogRecord> records;
    records.reserve(events.size());
    for (const auto& event : events) {
        records.push_back(recordOf(event));
    }
    if (!host_->log().record(records)) {
        throw std::runtime_error("the log cannot be written");
    }
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::LogSink, "log", "0.1.0", "Audit events in the server's log")
