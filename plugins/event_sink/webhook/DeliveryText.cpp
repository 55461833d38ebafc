// SPDX-License-Identifier: Apache-2.0
#include "DeliveryText.h"

#include "json/Json.h"
#include "text/Rfc3339.h"

#include <utility>

namespace gatehouse {
namespace {

/// A job's payload may have 512 KiB; some are left for what stands around the events.
constexpr std::size_t mostBytes = std::size_t{500} * 1024;

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

DeliveryText::DeliveryText(std::string id)
    : id_(std::move(id)), text_(R"({"id":")" + id_ + R"(","events":[)") {}

bool DeliveryText::add(const Event& event) {
    auto members = described(event);
    members.set("id", id_ + "." + std::to_string(size_ + 1));
    auto text = toJson(members);
    if (text.size() > mostBytes) {
        members.erase("details");
        members.set("details_too_long", true);
        text = toJson(members);
    }
    if (size_ > 0 && text_.size() + text.size() > mostBytes) {
        return false;
    }
    text_.append(size_ > 0 ? "," : "").append(text);
    ++size_;
    return true;
}

}  // namespace gatehouse
