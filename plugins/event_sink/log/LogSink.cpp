// SPDX-License-Identifier: Apache-2.0
#include "LogSink.h"

#include "text/Rfc3339.h"

#include <stdexcept>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

LogRecord recordOf(const Event& event) {
    constexpr std::size_t most = 7;
    ValueMap fields;
    fields.reserve(most);
    fields.set("event", event.type);
    fields.set("event_time", rfc3339(event.time));
    fields.set("issuer", std::int64_t{event.issuer});
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
