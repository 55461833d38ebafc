// SPDX-License-Identifier: Apache-2.0
#include "login/LoginPlan.h"

#include <gatehouse/AskedStep.h>

namespace gatehouse {

LoginPlan wholePlan(LoginPlan told, const std::vector<Host::Named<LoginStep>>& steps) {
    if (!told.empty()) {
        return told;
    }
    LoginPlan plan;
    for (const auto& step : steps) {
        if (!plan.empty() && capabilityOf<AskedStep>(*step.plugin) != nullptr) {
            plan.front().steps.push_back(step.name);
        } else {
            plan.push_back({{step.name}, false, {}});
        }
    }
    return plan;
}

}  // namespace gatehouse
