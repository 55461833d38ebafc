// SPDX-License-Identifier: Apache-2.0
#include "PushedRecord.h"

#include "json/Json.h"
#include "json/JsonWriter.h"
#include "json/Members.h"

namespace gatehouse {

std::string PushedRecord::text() const {
    JsonWriter members;
    members.text("client", clientId)
        .text("registration", registration)
        .number("until", until.time_since_epoch().count())
        .text("request", sealed);
    return members.finish();
}

std::optional<PushedRecord> PushedRecord::parse(std::string_view text) {
    const auto value = parseJson(text);
    if (!value || value->map() == nullptr) {
        return std::nullopt;
    }
    const auto& members = *value->map();
    return PushedRecord{
        std::string(members.text("client")), std::string(members.text("registration")),
        TimePoint{milliseconds{numberOf(members, "until")}}, std::string(members.text("request"))};
}

}  // namespace gatehouse
