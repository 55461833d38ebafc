// SPDX-License-Identifier: Apache-2.0
#include "RulingText.h"

#include "json/Json.h"
#include "json/Members.h"
#include "text/Printable.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

using Says = Ruling::Says;

constexpr std::size_t mostProofs = 16;
constexpr std::size_t longestProof = 64;

std::optional<Says> saysOf(std::string_view decision) {
    if (decision == "allow") {
        return Says::allow;
    }
    if (decision == "deny") {
        return Says::deny;
    }
    return decision == "pending" ? std::optional(Says::pending) : std::nullopt;
}

bool isProof(const Value& value) {
    return value.text() != nullptr && !value.text()->empty() &&
           value.text()->size() <= longestProof && !hasControl(*value.text());
}

bool areProofs(const Value& value) {
    const auto* list = value.list();
    return list != nullptr && list->size() <= mostProofs &&
           std::all_of(list->begin(), list->end(), isProof);
}

}  // namespace

std::string approvalText(const Approval& approval) {
    ValueList scopes;
    for (const auto& scope : approval.scopes) {
        scopes.emplace_back(scope);
    }
    return toJson(ValueMap{{"id", approval.id},
                           {"client_id", approval.client.id},
                           {"client_name", approval.client.name},
                           {"sub", approval.person.sub},
                           {"user_store", approval.person.store},
                           {"user_id", approval.person.id},
                           {"scopes", std::move(scopes)},
                           {"resources", listOfTexts(approval.resources)},
                           {"shown", approval.shown},
                           {"url", approval.url},
                           {"expires", toSeconds(approval.until)}});
}

std::optional<Ruling> rulingFrom(std::string_view text) {
    const auto value = parseJson(text);
    const auto* members = value ? value->map() : nullptr;
    const auto says = members == nullptr ? std::nullopt : saysOf(members->text("decision"));
    if (!says) {
        return std::nullopt;
    }
    const auto* amr = members->find("amr");
    const bool isGood = amr == nullptr || (*says == Says::allow && areProofs(*amr));
    if (!isGood || members->size() != (amr == nullptr ? 1U : 2U)) {
        return std::nullopt;
    }
    return Ruling{*says, textsOf(amr)};
}

}  // namespace gatehouse
