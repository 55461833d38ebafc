// SPDX-License-Identifier: Apache-2.0
#include "login/LoginSteps.h"

#include "limit/RateLimiter.h"
#include "limit/Unlocks.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// It travels in the address of the next page.
constexpr std::size_t longestHint = 256;

LoginSteps::Answered later(seconds wait) {
    LoginSteps::Answered answered;
    answered.wait = wait;
    return answered;
}

LoginSteps::Answered busy() {
    LoginSteps::Answered answered;
    answered.isBusy = true;
    return answered;
}

Status keep(const LoginSteps::Turn& turn, const LoginState& state, Subjects& subjects) {
    Interaction& interaction = turn.interaction;
    interaction.kept = state.kept;
    interaction.loginHint = state.loginHint.size() <= longestHint ? state.loginHint : std::string{};
    interaction.person.reset();
    if (!state.person) {
        return done();
    }
    const auto& [store, user] = *state.person;
    auto sub = subjects.of(turn.context, store, user.id);
    if (!sub) {
        return sub.error();
    }
    interaction.person = Subject{*std::move(sub), store, user.id};
    return done();
}

}  // namespace

Result<Page> LoginSteps::ask(const Turn& turn) const {
    auto state = stateOf(turn);
    if (!state) {
        return state.error();
    }
    const auto* step = next(turn, *state);
    if (step == nullptr) {
        return Error::internal("no login step has a question left, and nobody is signed in");
    }
    auto page = step->plugin->ask(turn.context, *state);
    if (!page) {
        return page;
    }
    const auto kept = keep(turn, *state, host_.subjects());
    return kept ? page : kept.error();
}

/// A step may ask for the name in a field that is called otherwise than ours. Then whose answer it
/// was is known when the step has looked at it, and one that was too much does not count as given.
Result<LoginSteps::Answered> LoginSteps::answer(const Turn& turn, const Form& form) const {
    const IssuerId issuer = turn.context.issuer.id;
    const auto login = form.text("username");
    Guess guess = guessOf(turn, login);
    if (const auto wait = limits_.wait(issuer, guess)) {
        return later(*wait);
    }
    const auto pass = admission_.enter(guess.account, guess.address);
    if (!pass) {
        return busy();
    }
    auto state = stateOf(turn);
    if (!state) {
        return state.error();
    }
    const auto* step = next(turn, *state);
    if (step == nullptr) {
        return Error::internal("an answer, but no login step has a question left");
    }
    auto outcome = step->plugin->answer(turn.context, *state, form);
    if (!outcome) {
        return outcome.error();
    }
    if (auto looked = lookAtPerson(turn, *step, *state, *outcome); !looked) {
        return looked.error();
    }
    if (!state->loginHint.empty() && state->loginHint != login) {
        guess = guessOf(turn, state->loginHint);
    }
    if (const auto wait = limits_.wait(issuer, guess)) {
        return later(*wait);
    }
    return conclude(turn, *step, *state, *outcome, guess);
}

/// Who was found must be one of the issuer's people. Whom a command keeps out gets the answer to a
/// wrong password.
Status LoginSteps::lookAtPerson(const Turn& turn, const Step& step, LoginState& state,
                                StepOutcome& outcome) const {
    if (!state.person) {
        return done();
    }
    if (!turn.context.issuer.asksUserStore(state.person->store)) {
        return Error::internal("the login step " + step.name +
                               " found a person in a user store the issuer does not ask");
    }
    const auto isOut = people_.isDisabled(turn.context, *state.person);
    if (!isOut) {
        return isOut.error();
    }
    if (*isOut) {
        state.person.reset();
        outcome = {StepOutcome::Next::again, "login.wrong"};
    }
    return done();
}

Guess LoginSteps::guessOf(const Turn& turn, std::string_view login) const {
    Guess guess;
    guess.address = turn.http.remoteAddress;
    if (const auto& known = turn.interaction.person) {
        guess.account = accountKey(known->store, known->id);
    } else if (!login.empty()) {
        const auto found = people_.findByLogin(turn.context, login);
        guess.account = found ? accountKey(found->store, found->user.id)
                              : accountKey(people_.spelling(turn.context.issuer, login));
    }
    guess.browser = browsers_.nameFor(turn.context, turn.http, guess.account);
    return guess;
}

Result<LoginSteps::Answered> LoginSteps::conclude(const Turn& turn, const Step& step,
                                                  const LoginState& state,
                                                  const StepOutcome& outcome,
                                                  const Guess& guess) const {
    Interaction& interaction = turn.interaction;
    const bool isWrong = outcome.next == StepOutcome::Next::failed ||
                         (outcome.next == StepOutcome::Next::again && !outcome.message.empty());
    if (isWrong) {
        failed(turn, step, state, guess);
    }
    if (auto kept = keep(turn, state, host_.subjects()); !kept) {
        return kept.error();
    }
    if (outcome.next == StepOutcome::Next::again) {
        return Answered{{}, outcome.message};
    }
    if (outcome.next == StepOutcome::Next::failed) {
        interaction.startOver();
        return Answered{{}, outcome.message.empty() ? "login.failed" : outcome.message};
    }
    interaction.passed.push_back(step.name);
    if (const auto amr = step.plugin->amr(); !amr.empty()) {
        interaction.amr.emplace_back(amr);
    }
    const bool isDone = next(turn, state) == nullptr;
    return Answered{isDone ? state.person : std::nullopt, {}};
}

std::vector<std::string> LoginSteps::amr() const {
    std::vector<std::string> values;
    for (const auto& step : steps_) {
        values.emplace_back(step.plugin->amr());
    }
    return values;
}

/// Somebody who was removed or disabled between two steps is nobody again.
Result<LoginState> LoginSteps::stateOf(const Turn& turn) const {
    LoginState state;
    if (turn.interaction.person) {
        auto person = people_.find(turn.context, *turn.interaction.person);
        if (!person) {
            return person.error();
        }
        if (*person) {
            state.person = FoundUser{turn.interaction.person->store, std::move(**person)};
        } else {
            turn.interaction.startOver();
        }
    }
    state.loginHint = turn.interaction.loginHint;
    state.acrValues = turn.request.acrValues;
    state.remoteAddress = turn.http.remoteAddress;
    state.kept = turn.interaction.kept;
    return state;
}

const LoginSteps::Step* LoginSteps::next(const Turn& turn, const LoginState& state) const {
    const auto& passed = turn.interaction.passed;
    const auto step = std::find_if(steps_.begin(), steps_.end(), [&](const Step& candidate) {
        return std::find(passed.begin(), passed.end(), candidate.name) == passed.end() &&
               candidate.plugin->needed(turn.context, state) == Need::yes;
    });
    return step == steps_.end() ? nullptr : &*step;
}

void LoginSteps::failed(const Turn& turn, const Step& step, const LoginState& state,
                        const Guess& guess) const {
    const auto& person = turn.interaction.person;
    Event event;
    event.type = "login.failed";
    event.clientId = turn.request.client->id;
    event.subject = person ? person->sub : std::string{};
    event.remoteAddress = turn.http.remoteAddress;
    event.details = {{"step", step.name},
                     {"login", state.person ? state.person->user.login : state.loginHint}};
    host_.events().publish(turn.context, event);
    if (const auto reached = limits_.count(turn.context, host_.records(), guess)) {
        event.type = "login.blocked";
        event.details.set("limit", reached->limit);
        event.details.set("seconds", reached->wait.count());
        host_.events().publish(turn.context, std::move(event));
    }
}

}  // namespace gatehouse
