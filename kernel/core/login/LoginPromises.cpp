// SPDX-License-Identifier: Apache-2.0
#include "client/ClientDirectory.h"
#include "client/SubjectForms.h"
#include "login/LoginFlow.h"
#include "page/PageBook.h"
#include "token/PromiseBook.h"

#include <utility>

// What LoginFlow does with requests whose client waits for what a person decides.

namespace gatehouse {

BrowserAnswer LoginFlow::decide(const Context& context, const HttpRequest& http,
                                std::string_view reference) const {
    auto came = promised(context, {{}, std::string(reference), true});
    if (!came) {
        parts_.host.log().write(context, Level::error, "promise not read: " + came.error().detail);
        return asking_.unavailable(context.issuer, languageOf(context, http, {}));
    }
    return *came ? accept(context, http, **std::move(came)) : unusable(context, http, {});
}

Result<std::optional<FoundRequest>> LoginFlow::findAgain(const Context& context,
                                                         FoundRequest known) const {
    return known.kept.isPromised ? promised(context, known.kept)
                                 : reader_.find(context, std::move(known));
}

/// nullopt: it is there no more, or its client is not.
Result<std::optional<FoundRequest>> LoginFlow::promised(const Context& context,
                                                        const KeptRequest& kept) const {
    auto promise = parts_.promises.find(context, kept.reference);
    if (!promise) {
        return promise.error();
    }
    const auto client = *promise ? parts_.clients.find(context, (*promise)->clientId)
                                 : std::shared_ptr<const Client>();
    if (!client) {
        return client.error();
    }
    auto found =
        *client == nullptr ? std::nullopt : sealed_.open(context, **client, (*promise)->sealed);
    if (found) {
        found->kept = kept;
        found->promise = **std::move(promise);
    }
    return found;
}

/// The one person who can decide is asked for by the name that the client has for them, as anybody
/// else who is asked for.
Status LoginFlow::askForPerson(const Context& context, AuthorizationRequest& request) const {
    if (!request.promise || request.promise->person.sub.empty()) {
        return done();
    }
    auto name = parts_.subjects.told(context, *request.client, request.promise->person);
    if (!name) {
        return name.error();
    }
    request.subject = *std::move(name);
    return done();
}

/// Whoever else has its page open can leave it, but not deny it.
bool LoginFlow::mayDecide(const Visit& visit) {
    const auto& promise = visit.request.promise;
    return promise &&
           (promise->person.sub.empty() ||
            (visit.here.who && visit.here.who->session.subject.sub == promise->person.sub));
}

/// Of several tabs one decides; but a button that is pressed twice gets its answer again.
std::optional<BrowserAnswer> LoginFlow::refuseDecided(Visit& visit) const {
    if (!visit.request.promise || !visit.request.promise->isDecided) {
        return std::nullopt;
    }
    if (visit.here.who) {
        if (auto again = answerAgain(visit, visit.here.who->session.subject.sub)) {
            return again;
        }
    }
    return leave(visit, responseTo(visit).error(OAuthError::of(
                            OAuthCode::invalidRequest, "The request was decided about before")));
}

/// Somebody may have been faster.
std::optional<BrowserAnswer> LoginFlow::decideFirst(Visit& visit) const {
    auto came = promised(visit.context, visit.came.kept);
    if (!came) {
        return fail(visit, came.error());
    }
    if (*came) {
        visit.request.promise = std::move((*came)->promise);
    }
    return refuseDecided(visit);
}

}  // namespace gatehouse
