// SPDX-License-Identifier: Apache-2.0
#include "EventText.h"

#include "json/Json.h"
#include "text/Rfc3339.h"

#include <utility>

namespace gatehouse {
namespace {

ValueMap described(const Event& event) {
    ValueMap members{{"type", event.type},
                     {"time", rfc3339(event.time)},
                     {"issuer", std::int64_t{event.issuer}}};
    const auto add = [&members](const char* name, const std::string& value) {
        if (!value.empty()) {
            members.set(name, value);
        }
    };
    add("request_id", event.requestId);
    add("client", event.clientId);
    add("subject", event.subject);
    add("remote_address", event.remoteAddress);
    if (!event.details.empty()) {
        members.set("details", event.details);
    }
    return members;
}

}  // namespace

std::string deliveryText(const std::string& id, const std::vector<Event>& events) {
    ValueList list;
    for (const auto& event : events) {
        ValueMap members = described(event);
        members.set("id", id + "." + std::to_string(list.size() + 1));
        list.emplace_back(std::move(members));
    }
    return toJson(ValueMap{{"id", id}, {"events", std::move(list)}});
}

}  // namespace gatehouse
