// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"
#include "token/ResourcePolicy.h"

namespace gatehouse {

namespace {

Objection check(const RuleInput& input, AuthorizationRequest& request) {
    auto resources = requestedResources(input.form);
    if (!resources) {
        return resources.error();
    }
    auto limits = input.resources.limits(input.context, *request.client, *resources);
    if (!limits) {
        return limits.error();
    }
    request.resources = *std::move(resources);
    request.protectedResources = std::move(limits->resources);
    return {};
}

}  // namespace

constexpr OwnRule resourceRule{"resource", {"resource"}, check};

}  // namespace gatehouse
