// SPDX-License-Identifier: Apache-2.0
#include "login/LoginSteps.h"

#include "limit/RateLimiter.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// It travels in the address of the next page.
constexpr std::size_t longestHint = 256;

/// A user store ignores the spaces around a name.
std::string_view withoutSpaces(std::string_view text) {
    const auto first = std::min(text.find_first_not_of(' '), text.size());
    return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// Whose guesses are counted together: a user name in one spelling, or the person already found.
std::string whoOf(const Interaction& interaction, const Form& form) {
    std::string who(interaction.person ? interaction.person->sub
                                       : withoutSpaces(form.text("username")));
    std::transform(who.begin(), who.end(), who.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return who;
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

Result<LoginSteps::Answered> LoginSteps::answer(const Turn& turn, const Form& form) const {
    const auto wait = limits_.wait(RateLimiter::Kind::passwordFailure, turn.context.issuer.id,
                                   whoOf(turn.interaction, form), turn.http.remoteAddress);
    if (wait) {
        return Answered{{}, {}, *wait};
    }
    auto state = stateOf(turn);
    if (!state) {
        return state.error();
    }
    const auto* step = next(turn, *state);
    if (step == nullptr) {
        return Error::internal("an answer, but no login step has a question left");
    }
    const auto outcome = step->plugin->answer(turn.context, *state, form);
    if (!outcome) {
        return outcome.error();
    }
    if (state->person && !turn.context.issuer.asksUserStore(state->person->store)) {
        return Error::internal("the login step " + step->name +
                               " found a person in a user store the issuer does not ask");
    }
    return conclude(turn, *step, *state, *outcome, form);
}

Result<LoginSteps::Answered> LoginSteps::conclude(const Turn& turn, const Step& step,
                                                  const LoginState& state,
                                                  const StepOutcome& outcome,
                                                  const Form& form) const {
    Interaction& interaction = turn.interaction;
    if (outcome.next != StepOutcome::Next::passed && !outcome.message.empty()) {
        failed(turn, step, form);
    }
    if (auto kept = keep(turn, state, host_.subjects()); !kept) {
        return kept.error();
    }
    if (outcome.next == StepOutcome::Next::again) {
        return Answered{{}, outcome.message, {}};
    }
    if (outcome.next == StepOutcome::Next::failed) {
        interaction.startOver();
        return Answered{{}, outcome.message.empty() ? "login.failed" : outcome.message, {}};
    }
    interaction.passed.push_back(step.name);
    interaction.amr.emplace_back(step.plugin->amr());
    const bool isDone = next(turn, state) == nullptr;
    return Answered{isDone ? state.person : std::nullopt, {}, {}};
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

void LoginSteps::failed(const Turn& turn, const Step& step, const Form& form) const {
    limits_.count(turn.context, host_.records(), RateLimiter::Kind::passwordFailure,
                  whoOf(turn.interaction, form), turn.http.remoteAddress);
    Event event;
    event.type = "login.failed";
    event.clientId = turn.request.client->id;
    event.subject = turn.interaction.person ? turn.interaction.person->sub : std::string{};
    event.remoteAddress = turn.http.remoteAddress;
    event.details = {{"step", step.name}, {"login", form.text("username")}};
    host_.events().publish(turn.context, std::move(event));
}

}  // namespace gatehouse
