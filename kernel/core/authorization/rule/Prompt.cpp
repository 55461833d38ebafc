// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"

#include <iterator>
#include <map>

namespace gatehouse {

namespace {

Objection check(const RuleInput& input, AuthorizationRequest& request) {
    const auto prompts = Prompts::parse(input.form.text("prompt"));
    if (!prompts) {
        return invalidRequest("The prompt parameter has an unknown value, or none beside another");
    }
    request.prompts = *prompts;
    return {};
}

}  // namespace

constexpr OwnRule promptRule{"prompt", {"prompt"}, check};

std::optional<Prompts> Prompts::parse(std::string_view text) {
    const auto values = ScopeSet::parse(text);
    Prompts prompts;
    const std::map<std::string_view, bool*> known{{"none", &prompts.none},
                                                  {"login", &prompts.login},
                                                  {"consent", &prompts.consent},
                                                  {"select_account", &prompts.selectAccount}};
    for (const auto& value : values) {
        const auto found = known.find(value);
        if (found == known.end()) {
            return std::nullopt;
        }
        *found->second = true;
    }
    const bool isAlone = std::distance(values.begin(), values.end()) == 1;
    return !prompts.none || isAlone ? std::optional(prompts) : std::nullopt;
}

}  // namespace gatehouse
