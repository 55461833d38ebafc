// SPDX-License-Identifier: Apache-2.0
#include "authorization/SealedRequests.h"

#include "json/Json.h"
#include "json/Members.h"
#include "login/DailyLabel.h"
#include "text/Base64Url.h"
#include "text/FormText.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view label = "checked_request";

std::string ownerOf(const Context& context, const Client& client) {
    return std::to_string(context.issuer.id) + "\n" + client.id + "\n" + client.registration;
}

}  // namespace

std::string SealedRequests::seal(const Context& context, const Client& client,
                                 const FoundRequest& request) const {
    const ValueMap members{{"request", writeForm(request.form.fields())},
                           {"notes", request.notes.value_or(ValueMap())},
                           {"once", request.once.name},
                           {"once_until", request.once.until.time_since_epoch().count()}};
    return base64url(host_.crypto().seal(dailyLabel(label, host_.clock().now()),
                                         Secret(toJson(members)), ownerOf(context, client)));
}

std::optional<FoundRequest> SealedRequests::open(const Context& context, const Client& client,
                                                 std::string_view text) const {
    const auto sealed = fromBase64url(text);
    const auto plain = sealed ? openDaily(host_.crypto(), label, host_.clock().now(), *sealed,
                                          ownerOf(context, client))
                              : std::nullopt;
    const auto value = plain ? parseJson(plain->view()) : std::nullopt;
    auto form =
        value && value->map() != nullptr ? parseForm(value->map()->text("request")) : std::nullopt;
    if (!form) {
        return std::nullopt;
    }
    const auto& members = *value->map();
    return FoundRequest{*std::move(form),
                        objectOf(members, "notes"),
                        {std::string(members.text("once")),
                         TimePoint{milliseconds{numberOf(members, "once_until")}}},
                        {}};
}

}  // namespace gatehouse
