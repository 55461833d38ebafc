// SPDX-License-Identifier: Apache-2.0
#include "json/Members.h"
#include "limit/Unlocks.h"
#include "login/LoginFlow.h"

#include <iterator>
#include <utility>

// The login's pages of LoginFlow: questions, and what comes of the answers.

namespace gatehouse {

namespace {

constexpr std::string_view loginPage = "login";

/// What was said at another step's address is no answer to this one (RFC 9700 section 4.4.2.2).
bool isAwaited(const Interaction& interaction, const HttpRequest& http) {
    const auto step = http.parameter("step");
    return !interaction.away.empty() && (step.empty() || step == interaction.away);
}

}  // namespace

BrowserAnswer LoginFlow::showLogin(const Context& context, const HttpRequest& http) const {
    auto open = consider(context, http);
    if (!open) {
        return open.error();
    }
    auto& [visit, decision] = *open;
    const bool isAsked = decision.next == Decision::Next::login && isFor(visit, decision);
    return isAsked ? askLogin(visit, {}) : follow(visit, decision);
}

BrowserAnswer LoginFlow::postLogin(const Context& context, const HttpRequest& http,
                                   const Form& form) const {
    auto visit = resume(context, http, form);
    if (!visit) {
        return visit.error();
    }
    if (hasLostSession(*visit)) {
        visit->interaction->startOver();
        return goToPage(*visit, loginPage);
    }
    const auto outcome = steps_.answer(turnOf(*visit), form);
    return outcome ? go(*visit, *outcome, {}) : fail(*visit, outcome.error());
}

BrowserAnswer LoginFlow::comeBack(const Context& context, const HttpRequest& http,
                                  const Form& query) const {
    auto again = interactions_.findAgain(context, http, query.text("state"));
    if (!again) {
        return asking_.unavailable(context.issuer, languageOf(context, http, {}));
    }
    auto& found = *again;
    if (found.state == InteractionBook::State::good && !isAwaited(found.interaction, http)) {
        found.state = InteractionBook::State::unknown;
    }
    if (found.state != InteractionBook::State::good) {
        return unusable(context, http, found);
    }
    const auto isFirst = interactions_.use(context, found.interaction);
    if (found.isOfLink && isFirst && !*isFirst) {
        found.state = InteractionBook::State::unknown;
        return unusable(context, http, found);
    }
    auto visit = goOn(context, http, std::move(found));
    if (!visit) {
        return visit.error();
    }
    if (!isFirst) {
        return fail(*visit, isFirst.error());
    }
    if (!*isFirst || hasLostSession(*visit)) {
        visit->interaction->startOver();
        return goToPage(*visit, loginPage);
    }
    const auto outcome = steps_.returned(turnOf(*visit), query);
    return outcome ? go(*visit, *outcome, {}) : fail(*visit, outcome.error());
}

/// A session that lacks proof is asked for what is missing; whoever else is here, for everything.
bool LoginFlow::isFor(const Visit& visit, const Decision& decision) {
    const auto& raises = visit.interaction->raises;
    return decision.isRaise ? raises == visit.here.who->session.selector : raises.empty();
}

/// The session that this login adds to is gone: what it held is proved no more.
bool LoginFlow::hasLostSession(const Visit& visit) {
    const auto& raises = visit.interaction->raises;
    return !raises.empty() && (!visit.here.who || visit.here.who->session.selector != raises);
}

BrowserAnswer LoginFlow::goToLogin(Visit& visit, const Decision& decision) const {
    begin(visit);
    Interaction& interaction = *visit.interaction;
    if (!isFor(visit, decision)) {
        interaction.startOver();
        if (decision.isRaise) {
            raise(interaction, visit.here.who->session);
        }
    }
    return goToPage(visit, loginPage);
}

void LoginFlow::raise(Interaction& interaction, const Session& session) {
    interaction.raises = session.selector;
    interaction.person = session.subject;
    interaction.passed = session.steps;
    interaction.amr = session.authentication.amr;
}

BrowserAnswer LoginFlow::askLogin(Visit& visit, std::string_view message) const {
    const auto outcome = steps_.ask(turnOf(visit));
    return outcome ? go(visit, *outcome, message) : fail(visit, outcome.error());
}

BrowserAnswer LoginFlow::go(Visit& visit, const LoginOutcome& outcome,
                            std::string_view message) const {
    if (outcome.wait.count() > 0) {
        return asking_.wait(ownerOf(visit), outcome.wait, outcome.message);
    }
    if (outcome.isBusy) {
        return asking_.busy(ownerOf(visit));
    }
    if (outcome.person) {
        return signIn(visit, *outcome.person);
    }
    if (!outcome.message.empty()) {
        return askLogin(visit, outcome.message);
    }
    if (!outcome.page && outcome.location.empty() && !outcome.isStuck) {
        return goToPage(visit, loginPage);
    }
    if (auto renewed = interactions_.renew(visit.context, *visit.interaction); !renewed) {
        return fail(visit, renewed.error());
    }
    if (outcome.isStuck) {
        return asking_.stuck(ownerOf(visit));
    }
    return outcome.page ? asking_.login(ownerOf(visit), outcome, message)
                        : leave(visit, asking_.elsewhere(ownerOf(visit), outcome.location));
}

BrowserAnswer LoginFlow::signIn(Visit& visit, const FoundUser& person) const {
    Interaction& interaction = *visit.interaction;
    const bool isAdded = !interaction.raises.empty();
    if (isAdded && interaction.passed == visit.here.who->session.steps) {
        return answerError(visit, OAuthError::of(OAuthCode::unmetAuthenticationRequirements,
                                                 "The person has no way to prove more"));
    }
    const bool isBeside = interaction.account && interaction.account->empty();
    auto opened = parts_.sessions.open(visit.context, visit.http, *interaction.person, person.user,
                                       {interaction.amr, interaction.passed, isAdded, isBeside},
                                       visit.writes);
    if (!opened) {
        return fail(visit, opened.error());
    }
    std::move(opened->cookies.begin(), opened->cookies.end(), std::back_inserter(visit.cookies));
    visit.here.arrive(std::move(opened->who));
    const auto account = accountKey(person.store, person.user.id);
    const bool isKnown = !browsers_.nameFor(visit.context, visit.http, account).empty();
    visit.cookies.push_back(browsers_.remember(visit.context, visit.http, account));
    if (auto remembered = rememberBrowser(visit); !remembered) {
        return fail(visit, remembered.error());
    }
    note(visit, "login.succeeded",
         {{"login", person.user.login},
          {"amr", listOfTexts(interaction.amr)},
          {"new_browser", !isKnown}});
    interaction.startOver();
    if (interaction.account) {
        interaction.account = visit.here.who->session.subject.sub;
    }
    interaction.session = visit.here.who->session.selector;
    return proceed(visit);
}

Status LoginFlow::rememberBrowser(Visit& visit) const {
    RememberedBrowsers::Entries entries;
    for (const auto& [entry, time] : visit.interaction->remembers) {
        entries[entry] = seconds{time.integer() == nullptr ? 0 : *time.integer()};
    }
    if (entries.empty()) {
        return done();
    }
    auto cookie = remembered_.remember(visit.context, visit.http, visit.interaction->person->sub,
                                       entries, visit.writes);
    if (!cookie) {
        return cookie.error();
    }
    visit.cookies.push_back(*std::move(cookie));
    return done();
}

}  // namespace gatehouse
