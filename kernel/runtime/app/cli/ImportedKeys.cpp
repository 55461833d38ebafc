// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ImportedKeys.h"

#include "text/Contains.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse {

ImportedKeys::ImportedKeys(Host& host, const LoginPlan& plan) {
    const auto steps = host.all<LoginStep>();
    const auto whole = wholePlan(plan, steps);
    for (const auto& step : steps) {
        const bool isAsked = std::any_of(whole.begin(), whole.end(), [&](const LoginStage& stage) {
            return contains(stage.steps, step.name);
        });
        if (isAsked && taking_ == nullptr) {
            taking_ = capabilityOf<TakesTotpKeys>(*step.plugin);
        }
    }
}

void ImportedKeys::choose(ForeignPerson& person) const {
    auto& keys = person.totpKeys;
    if (keys.empty()) {
        return;
    }
    const auto good = std::find_if(keys.begin(), keys.end(), [this](const ForeignTotpKey& key) {
        return taking_ != nullptr && taking_->problem(key).empty();
    });
    if (good != keys.end()) {
        keys = {ForeignTotpKey(*good)};
        return;
    }
    person.secondFactors.push_back(
        taking_ == nullptr ? "otp: login_step.totp would take its key, where a login asks for it"
                           : "otp: its key " + taking_->problem(keys.front()));
    keys.clear();
}

}  // namespace gatehouse
