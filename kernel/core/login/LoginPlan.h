// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Time.h>
#include <gatehouse/point/LoginStep.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// When a stage counts. What is left empty is not asked; all the rest must hold.
struct LoginCondition {
    std::string acr;  ///< the request wants this `acr`, and it is not reached yet
    std::vector<std::string> clients;  ///< the request is one of these clients'
    std::vector<std::string> groups;  ///< the person's claim `groups` has one of them
    std::vector<std::string> enrolled;  ///< the person can be asked one of these steps
    std::optional<bool> isNewBrowser;  ///< were they not the last to sign in here?

    bool isNone() const {
        return acr.empty() && clients.empty() && groups.empty() && enrolled.empty() &&
               !isNewBrowser;
    }
};

/// One entry of `login`: any one of its steps must be passed.
struct LoginStage {
    std::vector<std::string> steps;  ///< instances of login_step, the preferred first
    bool isOffered = false;  ///< the person may leave it for later
    LoginCondition when;
    seconds remember{0};  ///< who wishes is not asked in that browser again for so long

    /// For what is remembered: the same as long as the steps are.
    std::string name() const;
};

/// What a login asks, in order. Empty: every step that is configured.
using LoginPlan = std::vector<LoginStage>;

/// The plan of these steps where none is told: each is a stage of its own, but for those that sites
/// may ask for, and named ways, which are other ways to pass the first.
LoginPlan wholePlan(LoginPlan told, const std::vector<Host::Named<LoginStep>>& steps);

}  // namespace gatehouse
