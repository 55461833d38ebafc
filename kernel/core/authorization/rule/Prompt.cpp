// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"
#include "login/AskedSteps.h"

#include <iterator>
#include <map>
#include <utility>

namespace gatehouse {

namespace {

Objection check(const RuleInput& input, AuthorizationRequest& request) {
    auto prompts = Prompts::parse(input.form.text("prompt"), [&input](std::string_view value) {
        return input.steps.stepFor(input.context.issuer, value);
    });
    if (!prompts) {
        return invalidRequest(
            "The prompt parameter has an unknown value, or values that exclude each other");
    }
    request.prompts = *std::move(prompts);
    return {};
}

}  // namespace

constexpr OwnRule promptRule{"prompt", {"prompt"}, check};

std::optional<Prompts> Prompts::parse(std::string_view text, const StepFor& stepFor) {
    const auto values = ScopeSet::parse(text);
    Prompts prompts;
    const std::map<std::string_view, bool*> known{{"none", &prompts.none},
                                                  {"login", &prompts.login},
                                                  {"consent", &prompts.consent},
                                                  {"select_account", &prompts.selectAccount}};
    for (const auto& value : values) {
        if (const auto found = known.find(value); found != known.end()) {
            *found->second = true;
            continue;
        }
        auto step = stepFor(value);
        if (step.empty() || !prompts.step.empty()) {
            return std::nullopt;
        }
        prompts.step = std::move(step);
    }
    const bool isAlone = std::distance(values.begin(), values.end()) == 1;
    const bool isContrary =
        (prompts.none && !isAlone) || (prompts.selectAccount && !prompts.step.empty());
    return isContrary ? std::nullopt : std::optional(std::move(prompts));
}

}  // namespace gatehouse
