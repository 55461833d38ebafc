// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"

namespace gatehouse {

namespace {

Objection check(const RuleInput& input, AuthorizationRequest& /*request*/) {
    const auto mode = input.form.text("response_mode");
    if (!mode.empty() && mode != "query" && mode != "form_post") {
        return invalidRequest("The response_mode must be query or form_post");
    }
    return {};
}

}  // namespace

constexpr OwnRule responseModeRule{"response_mode", {"response_mode"}, check};

}  // namespace gatehouse
