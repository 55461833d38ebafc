// SPDX-License-Identifier: Apache-2.0
#include "authorization/AnswerMembers.h"
#include "client/ClientDirectory.h"
#include "login/ConsentService.h"
#include "login/GrantedCode.h"
#include "login/LoginFlow.h"
#include "token/PromiseBook.h"

#include <utility>

// What LoginFlow answers: a code or an error, once.

namespace gatehouse {

namespace {

constexpr int mostTries = 20;

Error changedAllTheTime() {
    return Error::unavailable("the session is changed by others all the time");
}

}  // namespace

/// One commit: what is answered, visit, consent and what led to them. False: another tab or press
/// was first.
Result<bool> LoginFlow::write(Visit& visit, const ScopeSet& scopes,
                              const AnswerMaker::Answer& answer, Batch batch) const {
    const Client& client = *visit.request.client;
    Session& session = visit.here.who->session;
    noteAnswer(visit, visit.interaction ? visit.interaction->name : std::string_view(), batch);
    if (visit.interaction) {
        given_.add(*visit.interaction, session, answer.parameters, batch);
    }
    session.isAnswered = session.isAnswered || isOpenedFor(visit);
    parts_.sessions.visit(session, client.id, batch);
    if (visit.hasConsented) {
        const auto remembered = parts_.consents.remember(
            visit.context, session.subject.sub, client,
            {AuthorizationPolicy::toAllow(visit.request, scopes),
             AuthorizationPolicy::resourcesToAllow(visit.request), visit.request.notes},
            parts_.consentNotes, batch);
        if (!remembered) {
            return remembered.error();
        }
    } else if (visit.consented) {
        batch.expects.push_back(*visit.consented);
    }
    const auto outcome = parts_.host.records().apply(visit.context, std::move(batch));
    return outcome ? Result<bool>(outcome->applied()) : outcome.error();
}

/// A button that was pressed twice: its browser gets what the first press gave, and keeps the
/// session that this left there; one that came without opens a session of its own.
std::optional<BrowserAnswer> LoginFlow::answerAgain(Visit& visit, std::string_view sub) const {
    if (!visit.interaction) {
        return std::nullopt;
    }
    auto given = given_.find(visit.context, *visit.interaction, sub);
    if (!given) {
        return fail(visit, given.error());
    }
    if (!*given) {
        return std::nullopt;
    }
    if ((*given)->empty()) {
        return unusable(visit.context, visit.http,
                        {InteractionBook::State::unknown, false, *visit.interaction});
    }
    if (visit.here.who && !visit.writes.puts.empty()) {  // what it was about to open is not needed
        visit.events = {};
        visit.writes = {};
        visit.cookies = {};
    }
    return end(visit, success(visit, **std::move(given)));
}

BrowserAnswer LoginFlow::answerAll(Visit& visit, const ScopeSet& scopes) const {
    const auto admitted =
        parts_.answers.admit(visit.context, visit.request, visit.http.remoteAddress);
    if (!admitted) {
        return answerError(visit, admitted.error());
    }
    for (int tries = 0; tries < mostTries; ++tries) {
        auto answer = answerOnce(visit, scopes);
        if (!answer) {
            answer = lookAgain(visit);
        }
        if (answer) {
            return *std::move(answer);
        }
    }
    return fail(visit, changedAllTheTime());
}

/// nullopt: another tab or press was first.
std::optional<BrowserAnswer> LoginFlow::answerOnce(Visit& visit, const ScopeSet& scopes) const {
    Batch batch = visit.writes;
    auto answer = parts_.answers.make({visit.context, visit.request, *visit.here.who, scopes,
                                       visit.came.form.text("scope"), visit.http.remoteAddress},
                                      batch);
    if (!answer) {
        return answerError(visit, answer.error());
    }
    const auto isWritten = write(visit, scopes, *answer, std::move(batch));
    if (!isWritten) {
        return fail(visit, isWritten.error());
    }
    if (!*isWritten) {
        return std::nullopt;
    }
    visit.writes = {};
    noteUse(parts_.host, visit.context, *visit.request.client);
    parts_.answers.announce(visit.context, std::move(answer->tokens));
    return end(visit, success(visit, std::move(answer->parameters)));
}

/// What another tab has changed is read again; a session that has ended gives nothing. nullopt: it
/// may be tried once more.
std::optional<BrowserAnswer> LoginFlow::lookAgain(Visit& visit) const {
    auto before = std::exchange(visit.here.who, std::nullopt);
    if (const auto looked = look(visit); !looked) {
        return fail(visit, looked.error());
    }
    const bool isSame =
        visit.here.who && visit.here.who->session.selector == before->session.selector;
    const auto& sub = before->session.subject.sub;
    if (auto again = answerAgain(visit, sub)) {
        return again;
    }
    if (isSame) {
        auto refused = visit.request.promise ? decideFirst(visit) : refuseAnswered(visit);
        return refused || visit.hasConsented ? std::move(refused) : decideAgain(visit);
    }
    if (before->session.version == 0 && visit.here.who &&
        visit.here.who->session.subject.sub == sub) {
        visit.here.who = std::move(before);
        const auto caughtUp = catchUp(visit);
        if (!caughtUp) {
            return fail(visit, caughtUp.error());
        }
        return visit.request.promise ? decideFirst(visit) : refuseAnswered(visit);
    }
    visit.writes = {};
    visit.events = {};
    visit.hasConsented = false;
    return proceed(visit);
}

/// What the person had allowed may have been taken back. nullopt: it was not.
std::optional<BrowserAnswer> LoginFlow::decideAgain(Visit& visit) const {
    const auto decision = decide(visit);
    if (!decision) {
        return fail(visit, decision.error());
    }
    return decision->next == Decision::Next::answer ? std::nullopt
                                                    : std::optional(follow(visit, *decision));
}

BrowserAnswer LoginFlow::answerError(Visit& visit, const OAuthError& error) const {
    if (visit.interaction || visit.here.who) {  // a stranger's that fails at once leaves nothing
        visit.isAnswered = true;
        noteAnswer(visit, {}, visit.writes);
    }
    if (error.code == OAuthCode::accessDenied && mayDecide(visit)) {
        const auto denied =
            parts_.promises.deny(visit.context, *visit.request.client, *visit.request.promise);
        if (!denied) {
            return fail(visit, denied.error());
        }
    }
    return end(visit, isOwn(visit) ? goBack(visit, error.code) : responseTo(visit).error(error));
}

void LoginFlow::noteAnswer(const Visit& visit, std::string_view by, Batch& batch) const {
    if (!visit.came.once.name.empty()) {
        answered_.add(visit.came.once, by, !visit.isAnswered, batch);
    }
}

BrowserAnswer LoginFlow::end(Visit& visit, BrowserAnswer answer) const {
    if (!parts_.members.empty()) {
        for (auto& cookie : parts_.members.cookies(visit.context, sidsOf(visit))) {
            visit.cookies.push_back(std::move(cookie));
        }
    }
    if (visit.interaction) {
        visit.cookies.push_back(InteractionBook::conclude(visit.context, *visit.interaction));
    }
    return leave(visit, std::move(answer));
}

/// What was opened replaces a session that is not what it was.
Status LoginFlow::catchUp(Visit& visit) const {
    return parts_.sessions.catchUp(visit.context, visit.http, visit.here.who->session,
                                   visit.writes);
}

Status LoginFlow::flush(Visit& visit) const {
    for (int tries = 0; tries < mostTries; ++tries) {
        const auto outcome = parts_.host.records().apply(visit.context, visit.writes);
        if (!outcome) {
            return outcome.error();
        }
        if (outcome->applied()) {
            return done();
        }
        if (auto caughtUp = catchUp(visit); !caughtUp) {
            return caughtUp;
        }
    }
    return changedAllTheTime();
}

/// Nobody hears of what is not durable.
BrowserAnswer LoginFlow::leave(Visit& visit, BrowserAnswer answer) const {
    if (!visit.writes.puts.empty()) {
        const auto isDurable = flush(visit);
        if (!isDurable) {
            return fail(visit, isDurable.error());
        }
    }
    for (auto& event : visit.events) {
        parts_.host.events().publish(visit.context, std::move(event));
    }
    answer.cookies = std::move(visit.cookies);
    return answer;
}

}  // namespace gatehouse
