// SPDX-License-Identifier: Apache-2.0
#include "login/LoginPlan.h"

#include <gatehouse/AskedStep.h>
#include <gatehouse/NamedWay.h>
#include <gatehouse/OtherWay.h>

namespace gatehouse {

namespace {

bool isOtherWay(LoginStep& step) {
    return capabilityOf<AskedStep>(step) != nullptr || capabilityOf<OtherWay>(step) != nullptr ||
           capabilityOf<NamedWay>(step) != nullptr;
}

}  // namespace

std::string LoginStage::name() const {
    std::string name;
    for (const auto& step : steps) {
        name += (name.empty() ? "" : ",") + step;
    }
    return name;
}

LoginPlan wholePlan(LoginPlan told, const std::vector<Host::Named<LoginStep>>& steps) {
    if (!told.empty()) {
        return told;
    }
    LoginPlan plan;
    for (const auto& step : steps) {
        if (!plan.empty() && isOtherWay(*step.plugin)) {
            plan.front().steps.push_back(step.name);
        } else {
            LoginStage own;
            own.steps = {step.name};
            plan.push_back(std::move(own));
        }
    }
    return plan;
}

}  // namespace gatehouse
