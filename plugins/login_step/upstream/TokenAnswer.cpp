// SPDX-License-Identifier: Apache-2.0
#include "TokenAnswer.h"

#include <gatehouse/Http.h>
#include <gatehouse/Value.h>

#include "ProviderCalls.h"
#include "json/Json.h"
#include "text/FormText.h"
#include "text/Lower.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace gatehouse {

namespace {

constexpr int good = 200;

std::optional<ValueMap> membersOf(const OutgoingAnswer& answer) {
    const auto type = mediaTypeOf(answer);
    if (type == "application/json") {
        const auto value = parseJson(answer.body);
        return value && value->map() != nullptr ? std::optional(*value->map()) : std::nullopt;
    }
    const auto form =
        type == "application/x-www-form-urlencoded" ? parseForm(answer.body) : std::nullopt;
    if (!form) {
        return std::nullopt;
    }
    ValueMap members;
    for (const auto& [name, value] : form->fields()) {
        if (members.contains(name)) {
            return std::nullopt;
        }
        members.set(name, value);
    }
    return members;
}

/// What goes into a header again (RFC 6750 section 2.1).
bool isToken(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

Result<TokenAnswer> readTokenAnswer(const OutgoingAnswer& answer) {
    const auto members = membersOf(answer);
    if (!members) {
        return Error::badInput("the provider's token endpoint answers " +
                               std::to_string(answer.status) + " and no tokens");
    }
    if (answer.status != good || members->contains("error")) {
        return Error::badInput("the provider's token endpoint answers " +
                               std::to_string(answer.status) + " and an error");
    }
    if (lowered(members->text("token_type")) != "bearer" ||
        !isToken(members->text("access_token"))) {
        return Error::badInput("the provider gives no bearer token");
    }
    return TokenAnswer{Secret(members->text("access_token")),
                       std::string(members->text("id_token"))};
}

}  // namespace gatehouse
