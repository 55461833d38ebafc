// SPDX-License-Identifier: Apache-2.0
#include "facade/LentSessions.h"

#include "Services.h"
#include "authorization/AnswerMembers.h"
#include "client/ClientRules.h"
#include "login/SessionEnds.h"
#include "login/SessionService.h"

#include <iterator>
#include <utility>

namespace gatehouse {

namespace {

SignOn signOnOf(Session session) {
    return {std::move(session.subject),
            std::move(session.authentication),
            session.ends,
            std::move(session.clients),
            session.seen,
            std::move(session.browser),
            std::move(session.steps)};
}

}  // namespace

Result<std::optional<SignOn>> LentSessions::find(const Context& context,
                                                 const HttpRequest& request) const {
    auto found = core_.sessions().find(context, request);
    if (!found) {
        return found.error();
    }
    return *found ? std::optional(signOnOf(std::move((*found)->session))) : std::nullopt;
}

Result<std::vector<SignOn>> LentSessions::list(const Context& context, std::string_view sub) const {
    auto sessions = core_.sessions().list(context, sub);
    if (!sessions) {
        return sessions.error();
    }
    std::vector<SignOn> all;
    all.reserve(sessions->size());
    for (auto& session : *sessions) {
        all.push_back(signOnOf(std::move(session)));
    }
    return all;
}

Result<std::vector<Cookie>> LentSessions::end(const Context& context,
                                              const HttpRequest& request) const {
    const auto session = find(context, request);
    if (!session) {
        return session.error();
    }
    return endThese(context, request,
                    *session ? std::vector<SignOn>{**session} : std::vector<SignOn>());
}

Result<bool> LentSessions::endOne(const Context& context, std::string_view sub,
                                  std::string_view sid, const std::string& remoteAddress) const {
    return core_.sessions().endOne(context, sub, sid, remoteAddress);
}

Status LentSessions::endAll(const Context& context, std::string_view sub) const {
    return core_.sessions().endAll(context, sub);
}

Result<std::vector<std::string>> LentSessions::frames(const Context& context,
                                                      const SignOn& session) const {
    return core_.sessionEnds().frames(context, session.subject, session.authentication.sessionId,
                                      session.clients);
}

Result<std::string> LentSessions::sidFor(const Context& context, const Client& client,
                                         const SignOn& session) const {
    return core_.clientRules().subjects().toldSid(
        context, core_.host().crypto(),
        {client, session.subject, session.authentication.sessionId});
}

Result<std::vector<SignOn>> LentSessions::findAll(const Context& context,
                                                  const HttpRequest& request) const {
    auto here = core_.sessions().findAll(context, request);
    if (!here) {
        return here.error();
    }
    std::vector<SignOn> all;
    for (auto& one : std::move(*here).all()) {
        all.push_back(signOnOf(std::move(one.session)));
    }
    return all;
}

Result<std::vector<Cookie>> LentSessions::endThese(const Context& context,
                                                   const HttpRequest& request,
                                                   const std::vector<SignOn>& sessions) const {
    std::vector<std::string> sids;
    sids.reserve(sessions.size());
    for (const auto& session : sessions) {
        sids.push_back(session.authentication.sessionId);
    }
    auto ended = core_.sessions().end(context, request, sids);
    const auto left = ended ? core_.sessions().findAll(context, request) : ended.error();
    if (!left) {
        return left.error();
    }
    auto cookies = core_.answerMembers().cookies(context, left->sids());
    std::move(ended->begin(), ended->end(), std::back_inserter(cookies));
    return cookies;
}

}  // namespace gatehouse
