// SPDX-License-Identifier: Apache-2.0
#include "authorization/ResponseModes.h"
#include "authorization/ResponseTypes.h"
#include "authorization/rule/OwnRule.h"

namespace gatehouse {

namespace {

Objection check(const RuleInput& input, AuthorizationRequest& request) {
    const auto mode = input.form.text("response_mode");
    if (!mode.empty() && !input.modes.has(mode)) {
        return invalidRequest("The response_mode is not supported");
    }
    if (!request.type->kinds.empty() && ResponseModes::isQuery(mode)) {
        return invalidRequest("The response_mode is not allowed with this response_type");
    }
    return {};
}

}  // namespace

constexpr OwnRule responseModeRule{"response_mode", {"response_mode"}, check};

}  // namespace gatehouse
