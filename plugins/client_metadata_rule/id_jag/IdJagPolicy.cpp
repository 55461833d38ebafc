// SPDX-License-Identifier: Apache-2.0
#include "IdJagPolicy.h"

#include "json/Members.h"
#include "text/Contains.h"
#include "text/Listed.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view members[] = {"client_id", "relying_party", "scope", "resource"};

std::string entryProblem(const ValueMap& entry) {
    for (const auto& [name, value] : entry) {
        if (!contains(members, name)) {
            return "has no member " + name + "; there are " + listed(members);
        }
        const auto texts = textsOf(&value);
        if (texts.empty() || contains(texts, "") ||
            (name != "resource" && value.text() == nullptr)) {
            return name + (name == "resource" ? " is a list of texts" : " is a text");
        }
    }
    return entry.contains("client_id") ? std::string()
                                       : "needs client_id: what the client is called there";
}

}  // namespace

std::optional<IdJagPolicy> IdJagPolicy::of(const Client& client, std::string_view audience) {
    const Value* member = client.metadata.find(idJagMember);
    if (member == nullptr || !idJagProblem(*member).empty()) {
        return std::nullopt;
    }
    const Value* entry = member->map()->find(audience);
    if (entry == nullptr) {
        return std::nullopt;
    }
    const ValueMap& said = *entry->map();
    return IdJagPolicy{std::string(said.text("client_id")), std::string(said.text("relying_party")),
                       ScopeSet::parse(said.text("scope")), textsOf(said.find("resource"))};
}

std::string idJagProblem(const Value& value) {
    if (value.map() == nullptr || value.map()->empty()) {
        return R"(is an object: {"ISSUER": {"client_id": ...}})";
    }
    for (const auto& [audience, entry] : *value.map()) {
        const auto problem = entry.map() == nullptr ? "is an object" : entryProblem(*entry.map());
        if (!problem.empty()) {
            return std::string(audience).append(": ").append(problem);
        }
    }
    return {};
}

}  // namespace gatehouse
