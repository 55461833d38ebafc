// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"
#include "token/TokenBindings.h"

#include <utility>

namespace gatehouse {

namespace {

/// RFC 9449 section 10; which parameters there are, plugins say.
Objection check(const RuleInput& input, AuthorizationRequest& request) {
    auto confirmation = input.bindings.asked(input.form);
    if (!confirmation) {
        return confirmation.error();
    }
    request.confirmation = *std::move(confirmation);
    return {};
}

}  // namespace

constexpr OwnRule tokenBindingRule{"token_binding", {}, check};

}  // namespace gatehouse
