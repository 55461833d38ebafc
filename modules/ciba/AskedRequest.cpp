// SPDX-License-Identifier: Apache-2.0
#include "AskedRequest.h"

#include "json/Json.h"
#include "json/JsonWriter.h"
#include "json/Members.h"

namespace gatehouse {

std::string AskedRequest::text() const {
    JsonWriter members;
    members.text("client", clientId)
        .text("sub", sub)
        .text("scope", scope)
        .text("message", bindingMessage)
        .text("address", address)
        .number("asked", asked.time_since_epoch().count())
        .number("until", until.time_since_epoch().count())
        .text("ping", ping);
    return members.finish();
}

std::optional<AskedRequest> AskedRequest::parse(std::string_view reference, std::string_view text) {
    const auto value = parseJson(text);
    if (!value || value->map() == nullptr) {
        return std::nullopt;
    }
    const auto& members = *value->map();
    AskedRequest request;
    request.reference = reference;
    request.clientId = members.text("client");
    request.sub = members.text("sub");
    request.scope = members.text("scope");
    request.bindingMessage = members.text("message");
    request.address = members.text("address");
    request.asked = TimePoint{milliseconds{numberOf(members, "asked")}};
    request.until = TimePoint{milliseconds{numberOf(members, "until")}};
    request.ping = members.text("ping");
    return request;
}

}  // namespace gatehouse
