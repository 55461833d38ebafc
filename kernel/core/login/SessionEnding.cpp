// SPDX-License-Identifier: Apache-2.0
#include "json/Members.h"
#include "login/RememberedBrowsers.h"
#include "login/SessionCookies.h"
#include "login/SessionEnds.h"
#include "login/SessionService.h"
#include "login/SessionText.h"
#include "text/Contains.h"

#include <algorithm>

// How sessions of SessionService end.

namespace gatehouse {

Result<std::vector<Cookie>> SessionService::end(const Context& context, const HttpRequest& request,
                                                const std::vector<std::string>& sids) const {
    SessionCookies cookies(context.issuer, request);
    for (const auto& handle : cookies.all()) {
        auto session = read(context, handle);
        if (!session) {
            return session.error();
        }
        if (*session && !contains(sids, (*session)->authentication.sessionId)) {
            continue;
        }
        cookies.forget(handle.selector);
        auto erased =
            *session ? erase(context, **std::move(session), request.remoteAddress, Wait::forClients)
                     : done();
        if (!erased) {
            return erased.error();
        }
    }
    return cookies.changes();
}

Result<bool> SessionService::endOne(const Context& context, std::string_view sub,
                                    std::string_view sid, const std::string& remoteAddress) const {
    auto sessions = list(context, sub);
    if (!sessions) {
        return sessions.error();
    }
    const auto found =
        std::find_if(sessions->begin(), sessions->end(), [&](const Session& session) {
            return session.authentication.sessionId == sid;
        });
    if (found == sessions->end()) {
        return false;
    }
    auto erased = erase(context, std::move(*found), remoteAddress, Wait::forClients);
    return erased ? Result<bool>(true) : erased.error();
}

Status SessionService::endAll(const Context& context, std::string_view sub) const {
    const auto sessions = list(context, sub);
    if (!sessions) {
        return sessions.error();
    }
    for (const auto& session : *sessions) {
        if (auto erased = erase(context, session, {}, Wait::no); !erased) {
            return erased;
        }
    }
    return RememberedBrowsers(host_).forgetAll(context, sub);
}

/// Its time should be over. One that somebody visited since is looked at again; whoever ended it,
/// or looks at the same moment, has told its clients, and nobody does twice.
Status SessionService::lookAt(const Context& context, const std::string& selector) const {
    const auto record = host_.records().find(context, sessionKind, selector);
    if (!record) {
        return record.error();
    }
    const auto session = *record ? sessionFrom(**record) : std::nullopt;
    if (!session) {
        return done();
    }
    if (endOf(*session) <= host_.clock().now()) {
        const auto isErased = eraseUnchanged(context, *session, {}, Wait::no);
        if (!isErased) {
            return isErased.error();
        }
        return *isErased ? done() : Error::unavailable("the session is changed by others just now");
    }
    Batch batch;
    if (auto watched = watch(context, *session, batch); !watched) {
        return watched;
    }
    const auto outcome = host_.records().apply(context, std::move(batch));
    return outcome ? done() : Status(outcome.error());
}

/// Clients that another tab adds meanwhile are told too; one that was first has told them all.
Status SessionService::erase(const Context& context, Session session,
                             const std::string& remoteAddress, Wait wait) const {
    constexpr int mostTries = 20;
    for (int tries = 0; tries < mostTries; ++tries) {
        const auto isErased = eraseUnchanged(context, session, remoteAddress, wait);
        if (!isErased) {
            return isErased.error();
        }
        if (*isErased) {
            return done();
        }
        auto now = load(context, session.selector);
        if (!now) {
            return now.error();
        }
        if (!*now) {
            return done();
        }
        session = **std::move(now);
    }
    return Error::unavailable("the session is changed by others all the time");
}

Result<bool> SessionService::eraseUnchanged(const Context& context, const Session& session,
                                            const std::string& remoteAddress, Wait wait) const {
    Batch batch;
    batch.erases.push_back({std::string(sessionKind), session.selector});
    batch.expects.push_back(unchanged(session));
    const auto ending = ends_.add(context, session, batch);
    if (!ending) {
        return ending.error();
    }
    const auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    if (!outcome->applied()) {
        return false;
    }
    wait == Wait::forClients ? ends_.beginAndWait(context, *ending) : ends_.begin(context, *ending);
    Event event;
    event.type = "session.ended";
    event.subject = session.subject.sub;
    event.remoteAddress = remoteAddress;
    event.details = {{"sid", session.authentication.sessionId},
                     {"clients", listOfTexts(session.clients)}};
    host_.events().publish(context, std::move(event));
    return true;
}

}  // namespace gatehouse
