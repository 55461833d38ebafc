// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/point/LoginStep.h>

#include "authorization/AuthorizationRequest.h"
#include "limit/Admission.h"
#include "login/InteractionBook.h"
#include "login/KnownBrowser.h"
#include "login/PersonDirectory.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

class RateLimiter;
struct Guess;

/// Asks the questions of a login, one `login_step` plugin after the other, and slows down guessing.
/// Threads: any.
class LoginSteps {
public:
    LoginSteps(Host& host, PersonDirectory& people, RateLimiter& limits)
        : host_(host), people_(people), limits_(limits), browsers_(host),
          steps_(host.all<LoginStep>()) {}

    /// RFC 8176 values of the steps that are enabled.
    std::vector<std::string> amr() const;

    /// One question or answer: whose request, from where, and how far it is.
    struct Turn {
        const Context& context;
        const HttpRequest& http;
        const AuthorizationRequest& request;
        Interaction& interaction;  ///< changed; the caller saves it
    };

    /// The page that asks the next question.
    Result<Page> ask(const Turn& turn) const;

    struct Answered {
        std::optional<FoundUser> person;  ///< who it is, once every question is answered
        std::string message;  ///< key of the text to show when the same question comes again
        seconds wait{0};  ///< too many wrong answers: not looked at
        bool isBusy = false;  ///< too many answers at once: not looked at
    };
    Result<Answered> answer(const Turn& turn, const Form& form) const;

private:
    using Step = Host::Named<LoginStep>;

    Result<LoginState> stateOf(const Turn& turn) const;
    const Step* next(const Turn& turn, const LoginState& state) const;
    Status lookAtPerson(const Turn& turn, const Step& step, LoginState& state,
                        StepOutcome& outcome) const;
    Guess guessOf(const Turn& turn, std::string_view login) const;
    Result<Answered> conclude(const Turn& turn, const Step& step, const LoginState& state,
                              const StepOutcome& outcome, const Guess& guess) const;
    void failed(const Turn& turn, const Step& step, const LoginState& state,
                const Guess& guess) const;

    Host& host_;
    PersonDirectory& people_;
    RateLimiter& limits_;
    KnownBrowser browsers_;
    mutable Admission admission_;
    std::vector<Step> steps_;
};

}  // namespace gatehouse
