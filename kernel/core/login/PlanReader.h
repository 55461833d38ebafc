// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/LoginStep.h>

#include "login/KnownBrowser.h"
#include "login/LoginPlan.h"
#include "login/LoginTurn.h"
#include "login/ReachableAcr.h"
#include "login/RememberedBrowsers.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// Says what of the plan comes next in a login. It looks at the whole plan each time, so that going
/// back, a form from another page or a plan that has changed leads to nothing but another question.
/// Threads: any.
class PlanReader {
public:
    using Step = Host::Named<LoginStep>;

    PlanReader(Host& host, LoginPlan plan);

    struct Due {
        const Step* step = nullptr;  ///< to be asked; nullptr: nothing is left
        std::vector<const Step*> otherWays;
        bool isOffered = false;
        bool isStuck = false;  ///< there is no way that this person could go
        const LoginStage* stage = nullptr;  ///< whose step it is
    };
    /// `state.kept` and `state.isChosen` are those of the step which is due.
    Due due(const LoginTurn& turn, LoginState& state) const;

    ReachableAcr reachable() const { return {plan_, proofs_}; }
    /// Is it still there? A reload may have taken it away.
    bool has(std::string_view step) const { return find(step) != nullptr; }

private:
    const Step* find(std::string_view name) const;
    static Need needOf(const LoginTurn& turn, LoginState& state, const Step& step);
    bool applies(const LoginTurn& turn, LoginState& state, const LoginStage& stage) const;
    bool isDone(const LoginTurn& turn, const LoginStage& stage) const;
    bool isRemembered(const LoginTurn& turn, const LoginStage& stage) const;
    bool provesMore(const LoginTurn& turn, const std::string& step) const;
    bool mayBegin(const LoginTurn& turn, LoginState& state, const Step& step, Need need) const;
    bool adds(const LoginTurn& turn, const LoginStage& stage, const std::string& step) const;
    struct Ways {
        std::vector<std::pair<const Step*, Need>> open;
        bool isNothingToAsk;  ///< the person may pass the stage without any of them
    };
    Ways waysOf(const LoginTurn& turn, LoginState& state, const LoginStage& stage) const;
    /// False when the stage needs nothing.
    bool look(const LoginTurn& turn, LoginState& state, const LoginStage& stage, Due& due) const;

    std::vector<Step> steps_;
    LoginPlan plan_;
    ReachableAcr::Proofs proofs_;
    KnownBrowser browsers_;
    RememberedBrowsers remembered_;
};

}  // namespace gatehouse
