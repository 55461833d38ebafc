// SPDX-License-Identifier: Apache-2.0
#include "authorization/ClaimsRequest.h"

#include "json/Json.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// A member of the parameter, when each of its claims is asked for with null or a map.
std::optional<ValueMap> readMember(const ValueMap& parameter, std::string_view name) {
    const Value* member = parameter.find(name);
    if (member == nullptr || member->isNull()) {
        return ValueMap{};
    }
    if (member->map() == nullptr) {
        return std::nullopt;
    }
    const auto& claims = *member->map();
    const bool isWellFormed = std::all_of(claims.begin(), claims.end(), [](const Member& claim) {
        return claim.value.isNull() || claim.value.map() != nullptr;
    });
    return isWellFormed ? std::optional(claims) : std::nullopt;
}

const ValueMap* conditions(const ValueMap& claims, std::string_view name) {
    const Value* claim = claims.find(name);
    return claim == nullptr ? nullptr : claim->map();
}

}  // namespace

std::optional<ClaimsRequest> ClaimsRequest::parse(std::string_view text) {
    if (text.empty()) {
        return ClaimsRequest{};
    }
    const auto parameter = parseJson(text);
    if (!parameter || parameter->map() == nullptr) {
        return std::nullopt;
    }
    auto userinfo = readMember(*parameter->map(), "userinfo");
    auto idToken = readMember(*parameter->map(), "id_token");
    if (!userinfo || !idToken) {
        return std::nullopt;
    }
    return ClaimsRequest{std::move(*userinfo), std::move(*idToken)};
}

std::string ClaimsRequest::subject() const {
    for (const auto* claims : {&idToken, &userinfo}) {
        const auto* sub = conditions(*claims, "sub");
        if (sub != nullptr && !sub->text("value").empty()) {
            return std::string(sub->text("value"));
        }
    }
    return {};
}

std::vector<std::string> ClaimsRequest::essentialAcr() const {
    std::vector<std::string> values;
    const auto* acr = conditions(idToken, "acr");
    const Value* essential = acr == nullptr ? nullptr : acr->find("essential");
    if (essential == nullptr || essential->boolean() == nullptr || !*essential->boolean()) {
        return values;
    }
    if (!acr->text("value").empty()) {
        values.emplace_back(acr->text("value"));
    }
    const Value* listed = acr->find("values");
    if (listed != nullptr && listed->list() != nullptr) {
        for (const auto& value : *listed->list()) {
            if (value.text() != nullptr) {
                values.push_back(*value.text());
            }
        }
    }
    return values;
}

}  // namespace gatehouse
