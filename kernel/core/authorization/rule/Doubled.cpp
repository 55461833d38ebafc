// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"

#include <set>

namespace gatehouse {

namespace {

/// RFC 6749 section 3.1: no parameter more than once; `resource` may repeat (RFC 8707 section 2).
Objection check(const RuleInput& input, AuthorizationRequest& /*request*/) {
    std::set<std::string_view> names;
    for (const auto& [name, value] : input.form.fields()) {
        if (name != "resource" && !names.insert(name).second) {
            return invalidRequest("A parameter is included more than once", "doubled: " + name);
        }
    }
    return {};
}

}  // namespace

constexpr OwnRule doubledRule{"doubled", {}, check};

}  // namespace gatehouse
