// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"

namespace gatehouse {

namespace {

/// Texts that are passed on as they are.
Objection check(const RuleInput& input, AuthorizationRequest& request) {
    request.nonce = input.form.text("nonce");
    request.loginHint = input.form.text("login_hint");
    request.uiLocales = input.form.text("ui_locales");
    request.acrValues = input.form.text("acr_values");
    return {};
}

}  // namespace

constexpr OwnRule wishesRule{"wishes", {"nonce", "login_hint", "ui_locales", "acr_values"}, check};

}  // namespace gatehouse
