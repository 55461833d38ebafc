// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/LoginStep.h>

#include "login/GuessGuard.h"
#include "login/LoginPlan.h"
#include "login/LoginTurn.h"
#include "login/PersonDirectory.h"
#include "login/PlanReader.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// Asks the questions of a login, one `login_step` plugin after the other as the plan says, and
/// slows down guessing. Threads: any.
class LoginSteps {
public:
    LoginSteps(Host& host, PersonDirectory& people, const GuessGuard& guesses, LoginPlan plan)
        : host_(host), people_(people), guesses_(guesses), plan_(host, std::move(plan)) {}

    ReachableAcr reachable() const { return plan_.reachable(); }

    /// The next question, or what came of it when a step answers by itself.
    Result<LoginOutcome> ask(const LoginTurn& turn) const;
    /// Is there a question left that this login can be asked?
    Result<bool> canGoOn(const LoginTurn& turn) const;
    /// The form of its page.
    Result<LoginOutcome> answer(const LoginTurn& turn, const Form& form) const;
    /// The query with which a browser came back from where `interaction.away` had sent it.
    Result<LoginOutcome> returned(const LoginTurn& turn, const Form& query) const;

private:
    using Step = PlanReader::Step;
    using Due = PlanReader::Due;
    using Call = std::function<Result<StepOutcome>(const Step&, LoginState&)>;

    Result<std::optional<LoginOutcome>> askOnce(const LoginTurn& turn) const;
    Result<LoginState> stateOf(const LoginTurn& turn) const;
    static bool choose(const LoginTurn& turn, const Due& due, const Form& form);
    Result<LoginOutcome> look(const LoginTurn& turn, const Due& due, LoginState& state,
                              std::string_view login, const Call& call) const;
    Status lookAtPerson(const LoginTurn& turn, const Step& step, LoginState& state,
                        StepOutcome& outcome) const;
    Guess guessOf(const LoginTurn& turn, const Step& step, std::string_view login) const;
    Result<LoginOutcome> conclude(const LoginTurn& turn, const Due& due, LoginState& state,
                                  StepOutcome outcome) const;
    Status keep(const LoginTurn& turn, const Step& step, const LoginState& state) const;
    void failed(const LoginTurn& turn, const Step& step, const LoginState& state,
                const Guess& guess) const;

    Host& host_;
    PersonDirectory& people_;
    const GuessGuard& guesses_;
    PlanReader plan_;
};

}  // namespace gatehouse
