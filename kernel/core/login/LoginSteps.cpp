// SPDX-License-Identifier: Apache-2.0
#include "login/LoginSteps.h"

#include "login/BrowserWords.h"
#include "text/Base64Url.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// Steps that answer by themselves, one after the other.
constexpr int mostByThemselves = 20;

LoginOutcome later(seconds wait, std::string message) {
    LoginOutcome outcome;
    outcome.wait = wait;
    outcome.message = std::move(message);
    return outcome;
}

LoginOutcome busy() {
    LoginOutcome outcome;
    outcome.isBusy = true;
    return outcome;
}

LoginOutcome stuck() {
    LoginOutcome outcome;
    outcome.isStuck = true;
    return outcome;
}

LoginOutcome asked(std::string message = {}) {
    LoginOutcome outcome;
    outcome.message = std::move(message);
    return outcome;
}

/// Nothing is left to ask, or nothing that this person could answer.
Result<LoginOutcome> finished(const PlanReader::Due& due, const LoginState& state) {
    if (due.isStuck) {
        return stuck();
    }
    if (!state.person) {
        return Error::internal("no login step has a question left, and nobody is signed in");
    }
    LoginOutcome outcome;
    outcome.person = state.person;
    return outcome;
}

bool isWrong(const StepOutcome& outcome) {
    return outcome.next == StepOutcome::Next::failed ||
           (outcome.next == StepOutcome::Next::again && !outcome.message.empty());
}

void pass(Interaction& interaction, const PlanReader::Step& step, std::vector<std::string> amr) {
    interaction.passed.push_back(step.name);
    interaction.kept.erase(step.name);
    interaction.chosen.clear();
    if (amr.empty() && !step.plugin->amr().empty()) {
        amr.emplace_back(step.plugin->amr());
    }
    interaction.amr.insert(interaction.amr.end(), amr.begin(), amr.end());
}

/// Where an entry offers it: not to be asked for in this browser again.
void noteWish(Interaction& interaction, const LoginStage& stage, const Form& form) {
    interaction.remembers.erase(stage.name());
    if (stage.remember > seconds{0} && form.has("remember")) {
        interaction.remembers.set(stage.name(), std::int64_t{stage.remember.count()});
    }
}

void hint(Interaction& interaction, std::string_view login) {
    interaction.loginHint = login.size() <= Interaction::longestHint ? login : std::string_view();
}

/// The step that was due cannot be passed. nullopt: another can be asked.
std::optional<LoginOutcome> goAnotherWay(Interaction& interaction, const PlanReader::Due& due) {
    if (due.otherWays.empty()) {
        interaction.chosen.clear();
        return stuck();
    }
    interaction.chosen = due.otherWays.front()->name;
    return std::nullopt;
}

bool isSame(const Subject& known, const FoundUser& found) {
    return known.store == found.store && known.id == found.user.id;
}

}  // namespace

Result<LoginOutcome> LoginSteps::ask(const LoginTurn& turn) const {
    for (int round = 0; round < mostByThemselves; ++round) {
        auto outcome = askOnce(turn);
        if (!outcome) {
            return outcome.error();
        }
        if (*outcome) {
            return **std::move(outcome);
        }
    }
    return Error::internal("login steps go on answering by themselves");
}

Result<bool> LoginSteps::canGoOn(const LoginTurn& turn) const {
    auto state = stateOf(turn);
    return state ? Result<bool>(plan_.due(turn, *state).step != nullptr) : state.error();
}

/// nullopt: the step had nothing to ask, or could not; another one comes.
Result<std::optional<LoginOutcome>> LoginSteps::askOnce(const LoginTurn& turn) const {
    using Said = std::optional<LoginOutcome>;
    auto state = stateOf(turn);
    if (!state) {
        return state.error();
    }
    const Due due = plan_.due(turn, *state);
    if (due.step == nullptr) {
        auto all = finished(due, *state);
        return all ? Result<Said>{Said{*std::move(all)}} : all.error();
    }
    auto said = due.step->plugin->ask(turn.context, *state);
    const Status looked = said ? lookAtPerson(turn, *due.step, *state, *said) : said.error();
    if (!looked) {
        return looked.error();
    }
    if (said->next == StepOutcome::Next::failed || said->next == StepOutcome::Next::again) {
        return goAnotherWay(turn.interaction, due);
    }
    const bool isAsked = said->next != StepOutcome::Next::passed;
    auto outcome = conclude(turn, due, *state, *std::move(said));
    if (!outcome) {
        return outcome.error();
    }
    return isAsked || outcome->person ? Said{*std::move(outcome)} : Said{};
}

/// A step may ask for the name in a field that is called otherwise than ours. Then whose answer it
/// was is known when the step has looked at it, and one that was too much does not count as given.
Result<LoginOutcome> LoginSteps::answer(const LoginTurn& turn, const Form& form) const {
    auto state = stateOf(turn);
    if (!state) {
        return state.error();
    }
    const Due due = plan_.due(turn, *state);
    if (due.step == nullptr) {
        return finished(due, *state);
    }
    if (choose(turn, due, form)) {
        return asked();
    }
    noteWish(turn.interaction, *due.stage, form);
    return look(turn, due, *state, form.text("username"), [&](const Step& step, LoginState& now) {
        return step.plugin->answer(turn.context, now, form);
    });
}

Result<LoginOutcome> LoginSteps::returned(const LoginTurn& turn, const Form& query) const {
    auto state = stateOf(turn);
    if (!state) {
        return state.error();
    }
    const auto away = std::exchange(turn.interaction.away, {});
    const Due due = plan_.due(turn, *state);
    if (due.step == nullptr || due.step->name != away) {
        return asked();
    }
    return look(turn, due, *state, {}, [&](const Step& step, LoginState& now) {
        return step.plugin->returned(turn.context, now, query);
    });
}

/// Another way, or not now; true when that is what the form says. The name that was typed goes
/// along.
bool LoginSteps::choose(const LoginTurn& turn, const Due& due, const Form& form) {
    const std::string wanted(form.text("other_way"));
    const auto& ways = due.otherWays;
    if (std::any_of(ways.begin(), ways.end(),
                    [&](const Step* way) { return way->name == wanted; })) {
        turn.interaction.chosen = wanted;
        if (form.count("username") > 0) {
            hint(turn.interaction, form.text("username"));
        }
        return true;
    }
    if (due.isOffered && form.has("later")) {
        turn.interaction.skipped.push_back(due.step->name);
        return true;
    }
    return false;
}

Result<LoginOutcome> LoginSteps::look(const LoginTurn& turn, const Due& due, LoginState& state,
                                      std::string_view login, const Call& call) const {
    Guess guess = guessOf(turn, *due.step, login);
    if (const auto wait = guesses_.wait(turn.context, guess)) {
        return later(*wait, "wait");
    }
    const auto pass = guesses_.enter(guess);
    if (!pass) {
        return busy();
    }
    auto outcome = call(*due.step, state);
    if (!outcome) {
        return outcome.error();
    }
    if (auto looked = lookAtPerson(turn, *due.step, state, *outcome); !looked) {
        return looked.error();
    }
    if (!state.loginHint.empty() && state.loginHint != login) {
        guess = guessOf(turn, *due.step, state.loginHint);
    }
    if (const auto wait = guesses_.wait(turn.context, guess)) {
        return later(*wait, "wait");
    }
    if (isWrong(*outcome)) {
        failed(turn, *due.step, state, guess);
    }
    return conclude(turn, due, state, *std::move(outcome));
}

/// Who was found must be one of the issuer's people, and stays who they are: another person's proof
/// is none. Whom a command keeps out gets the answer to a wrong password.
Status LoginSteps::lookAtPerson(const LoginTurn& turn, const Step& step, LoginState& state,
                                StepOutcome& outcome) const {
    if (!state.person) {
        return done();
    }
    const auto& known = turn.interaction.person;
    if (known && !isSame(*known, *state.person)) {
        state.person.reset();
        outcome = StepOutcome::again("login.wrong");
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
        outcome = StepOutcome::again("login.wrong");
    }
    return done();
}

Guess LoginSteps::guessOf(const LoginTurn& turn, const Step& step, std::string_view login) const {
    const auto& known = turn.interaction.person;
    const auto counted = GuessGuard::countedAs(step);
    return known ? guesses_.guessOf(turn.context, turn.http, counted, *known)
                 : guesses_.guessOf(turn.context, turn.http, counted, login);
}

Result<LoginOutcome> LoginSteps::conclude(const LoginTurn& turn, const Due& due, LoginState& state,
                                          StepOutcome outcome) const {
    Interaction& interaction = turn.interaction;
    if (outcome.next == StepOutcome::Next::failed) {
        interaction.startOver();
        return asked(outcome.message.empty() ? "login.failed" : std::move(outcome.message));
    }
    if (auto kept = keep(turn, *due.step, state); !kept) {
        return kept.error();
    }
    if (!outcome.reference.empty()) {
        interaction.away = due.step->name;
        interaction.reference = std::move(outcome.reference);
    }
    LoginOutcome concluded;
    switch (outcome.next) {
    case StepOutcome::Next::page:
        concluded.page = std::move(outcome.page);
        concluded.otherWays = due.otherWays;
        concluded.mayWait = due.isOffered;
        concluded.remember = due.stage->remember;
        return concluded;
    case StepOutcome::Next::redirect:
        interaction.away = due.step->name;
        concluded.location = std::move(outcome.url);
        return concluded;
    case StepOutcome::Next::wait: return later(outcome.time, std::move(outcome.message));
    case StepOutcome::Next::passed: break;
    default: return asked(std::move(outcome.message));
    }
    pass(interaction, *due.step, std::move(outcome.amr));
    const Due next = plan_.due(turn, state);
    return next.step != nullptr ? asked() : finished(next, state);
}

Status LoginSteps::keep(const LoginTurn& turn, const Step& step, const LoginState& state) const {
    Interaction& interaction = turn.interaction;
    if (state.kept.empty()) {
        interaction.kept.erase(step.name);
    } else {
        interaction.kept.set(step.name, state.kept);
    }
    hint(interaction, state.loginHint);
    if (interaction.person || !state.person) {
        return done();
    }
    const auto& [store, user] = *state.person;
    auto sub = host_.subjects().of(turn.context, store, user.id);
    if (!sub) {
        return sub.error();
    }
    interaction.person = Subject{*std::move(sub), store, user.id};
    return done();
}

/// Somebody who was removed or disabled between two steps is nobody again; what a step has proved
/// that a reload took away is proved no more.
Result<LoginState> LoginSteps::stateOf(const LoginTurn& turn) const {
    LoginState state;
    Interaction& interaction = turn.interaction;
    const auto& passed = interaction.passed;
    if (!std::all_of(passed.begin(), passed.end(),
                     [&](const std::string& step) { return plan_.has(step); })) {
        interaction.startOver();
    }
    if (interaction.person) {
        auto person = people_.find(turn.context, *interaction.person);
        if (!person) {
            return person.error();
        }
        if (*person) {
            state.person = FoundUser{interaction.person->store, std::move(**person)};
        } else {
            interaction.startOver();
        }
    }
    state.loginHint = interaction.loginHint;
    state.acrValues = turn.request.acrValues;
    state.maxAge = turn.request.prompts.login ? seconds{0} : turn.request.maxAge;
    state.remoteAddress = turn.http.remoteAddress;
    state.returnUrl = turn.context.issuer.url + "/interaction/return";
    state.clientId = turn.request.client->id;
    state.id = base64url(interaction.name);
    state.language = turn.language;
    return state;
}

void LoginSteps::failed(const LoginTurn& turn, const Step& step, const LoginState& state,
                        const Guess& guess) const {
    Event event;
    event.clientId = turn.request.client->id;
    event.details = {{"login", state.person ? state.person->user.login : state.loginHint},
                     {"step", step.name}};
    if (turn.request.isOwn()) {
        event.details.set("page", turn.request.page());
    }
    tellBrowser(turn.http, event.details);
    guesses_.failed(turn.context, guess, std::move(event));
}

}  // namespace gatehouse
