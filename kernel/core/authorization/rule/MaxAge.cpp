// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"
#include "json/Members.h"

namespace gatehouse {

namespace {

/// OpenID Connect Core section 3.1.2.1; the client may have registered a default.
Objection check(const RuleInput& input, AuthorizationRequest& request) {
    const std::string text(input.form.text("max_age"));
    if (text.empty()) {
        const auto byDefault = numberOf(request.client->metadata, "default_max_age", -1);
        request.maxAge = byDefault < 0 ? std::nullopt : std::optional(seconds{byDefault});
        return {};
    }
    if (text.size() > 10 || text.find_first_not_of("0123456789") != std::string::npos) {
        return invalidRequest("The max_age parameter is not a number of seconds");
    }
    request.maxAge = seconds{std::stoll(text)};
    return {};
}

}  // namespace

constexpr OwnRule maxAgeRule{"max_age", {"max_age"}, check};

}  // namespace gatehouse
