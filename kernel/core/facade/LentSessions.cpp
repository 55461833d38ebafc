// SPDX-License-Identifier: Apache-2.0
#include "facade/LentSessions.h"

#include "Services.h"
#include "authorization/AnswerMembers.h"
#include "client/ClientRules.h"
#include "login/SessionEnds.h"
#include "login/SessionService.h"

#include <utility>

namespace gatehouse {

namespace {

SignOn signOnOf(Session session) {
    return {std::move(session.subject), std::move(session.authentication), session.ends,
            std::move(session.clients)};
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
    auto ended = core_.sessions().end(context, request);
    if (!ended) {
        return ended.error();
    }
    auto cookies = core_.answerMembers().cookies(context, {});
    cookies.push_back(std::move(ended->cookie));
    return cookies;
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

}  // namespace gatehouse
