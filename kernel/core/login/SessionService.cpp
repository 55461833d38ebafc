// SPDX-License-Identifier: Apache-2.0
#include "login/SessionService.h"

#include "login/AuthenticationClass.h"
#include "login/BrowserWords.h"
#include "login/SessionCookies.h"
#include "login/SessionText.h"
#include "page/BrowserCookie.h"
#include "store/RecordsOf.h"
#include "text/Base64Url.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view kind = sessionKind;
constexpr std::size_t sidSize = 16;

}  // namespace

SessionService::SessionService(const Parts& parts, SessionLifetimes lifetimes)
    : host_(parts.host), handles_(parts.handles), people_(parts.people), ends_(parts.ends),
      lifetimes_(lifetimes) {
    if (lifetimes.isExpiryTold) {
        watch_.emplace(parts.jobs, host_.clock(),
                       [this](const Context& context, const std::string& selector) {
                           return lookAt(context, selector);
                       });
    }
}

Result<std::optional<Session>> SessionService::read(const Context& context,
                                                    const std::optional<Handle>& handle) const {
    if (!handle) {
        return std::optional<Session>{};
    }
    auto session = load(context, handle->selector);
    const bool isForged =
        session && *session && !handleMatches(host_.crypto(), kind, *handle, (*session)->hash);
    return isForged ? std::optional<Session>{} : session;
}

Result<std::optional<Session>> SessionService::load(const Context& context,
                                                    const std::string& selector) const {
    const auto record = host_.records().find(context, kind, selector);
    if (!record) {
        return record.error();
    }
    auto session = *record ? sessionFrom(**record) : std::nullopt;
    return session && endOf(*session) > host_.clock().now() ? std::move(session)
                                                            : std::optional<Session>{};
}

Result<std::optional<SignedIn>> SessionService::find(const Context& context,
                                                     const HttpRequest& request) const {
    return find(context, request, Handle::parse(readCookie(context.issuer, request, kind)));
}

Result<std::optional<SignedIn>> SessionService::find(const Context& context,
                                                     const HttpRequest& request,
                                                     const std::optional<Handle>& handle) const {
    auto session = read(context, handle);
    if (!session) {
        return session.error();
    }
    if (!*session) {
        return std::optional<SignedIn>{};
    }
    auto person = people_.find(context, (*session)->subject);
    if (!person) {
        return person.error();
    }
    if (*person) {
        return std::optional<SignedIn>{SignedIn{std::move(**session), std::move(**person)}};
    }
    const auto erased =
        erase(context, **std::move(session), request.remoteAddress, Wait::forClients);
    return erased ? Result<std::optional<SignedIn>>{std::optional<SignedIn>{}} : erased.error();
}

Result<PeopleHere> SessionService::findAll(const Context& context,
                                           const HttpRequest& request) const {
    auto inUse = find(context, request);
    if (!inUse) {
        return inUse.error();
    }
    PeopleHere here{*std::move(inUse), {}};
    if (!SessionCookies::haveOthers(context.issuer, request)) {
        return here;
    }
    const SessionCookies cookies(context.issuer, request);
    for (const auto& handle : cookies.beside()) {
        auto who = find(context, request, handle);
        if (!who) {
            return who.error();
        }
        if (*who && !here.has((*who)->session.subject.sub)) {
            here.beside.push_back(**std::move(who));
        }
    }
    return here;
}

Result<bool> SessionService::isThere(const Context& context, std::string_view selector) const {
    const auto session = load(context, std::string(selector));
    return session ? Result<bool>(session->has_value()) : session.error();
}

Result<SessionService::Opened> SessionService::open(const Context& context,
                                                    const HttpRequest& request,
                                                    const Subject& subject, const User& person,
                                                    const Proof& proof, Batch& batch) const {
    SessionCookies cookies(context.issuer, request);
    const auto earlier = takeOf(context, subject.sub, cookies);
    if (!earlier) {
        return earlier.error();
    }
    const auto handle = handles_.make();
    Session session;
    session.selector = handle.selector;
    session.hash = handleHash(host_.crypto(), kind, handle.verifier);
    session.subject = subject;
    session.seen = host_.clock().now();
    session.ends = session.seen + lifetimes_.lifetime;
    session.authentication = {session.seen, authenticationClass(proof.amr), proof.amr,
                              base64url(host_.random().bytes(sidSize))};
    session.steps = proof.steps;
    session.browser = browserOf(request.header("user-agent"));
    if (*earlier) {
        replace(**earlier, session, proof.isAdded, batch);
    }
    const auto left = *earlier || proof.isBeside ? std::nullopt : cookies.inUse();
    if (left) {
        cookies.forget(left->selector);
    }
    const auto forgotten = cookies.use(handle);
    const auto ended = leave(context, request, forgotten ? forgotten : left);
    if (!ended) {
        return ended.error();
    }
    if (const auto watched = watch(context, session, batch); !watched) {
        return watched.error();
    }
    put(session, batch);
    return Opened{{std::move(session), person}, cookies.changes()};
}

/// The person's session that the browser has; its cookies then name it no more, nor those that are
/// no more.
Result<std::optional<Session>> SessionService::takeOf(const Context& context, std::string_view sub,
                                                      SessionCookies& cookies) const {
    std::optional<Session> taken;
    for (const auto& handle : cookies.all()) {
        auto session = read(context, handle);
        if (!session) {
            return session.error();
        }
        if (*session && (*session)->subject.sub != sub) {
            continue;
        }
        cookies.forget(handle.selector);
        if (*session && !taken) {
            taken = *std::move(session);
        }
    }
    return taken;
}

/// Ends one that the browser names no more.
Status SessionService::leave(const Context& context, const HttpRequest& request,
                             const std::optional<Handle>& handle) const {
    auto session = read(context, handle);
    if (!session) {
        return session.error();
    }
    return *session ? erase(context, **std::move(session), request.remoteAddress, Wait::no)
                    : done();
}

void SessionService::replace(const Session& earlier, Session& session, bool isAdded, Batch& batch) {
    batch.erases.push_back({std::string(kind), earlier.selector});
    batch.expects.push_back(unchanged(earlier));
    session.authentication.sessionId = earlier.authentication.sessionId;
    session.clients = earlier.clients;
    if (isAdded) {  // no claim is newer than its oldest proof
        session.authentication.time = earlier.authentication.time;
        session.ends = earlier.ends;
    }
}

Status SessionService::catchUp(const Context& context, const HttpRequest& request, Session& session,
                               Batch& batch) const {
    SessionCookies cookies(context.issuer, request);
    const auto earlier = takeOf(context, session.subject.sub, cookies);
    if (!earlier) {
        return earlier.error();
    }
    batch.expects.erase(std::remove_if(batch.expects.begin(), batch.expects.end(),
                                       [](const Expect& expect) { return expect.kind == kind; }),
                        batch.expects.end());
    if (*earlier) {
        batch.expects.push_back(unchanged(**earlier));
        session.clients = (*earlier)->clients;
    }
    put(session, batch);
    return done();
}

void SessionService::visit(Session& session, std::string_view clientId, Batch& batch) const {
    constexpr int precision = 10;
    const auto now = host_.clock().now();
    const bool isKnown =
        clientId.empty() || std::find(session.clients.begin(), session.clients.end(), clientId) !=
                                session.clients.end();
    const bool isStored = session.version > 0;
    if (isStored && isKnown && now - session.seen < milliseconds(lifetimes_.idle) / precision) {
        batch.expects.push_back({std::string(kind), session.selector, Expect::State::present, 0});
        return;
    }
    session.seen = now;
    if (!isKnown) {
        session.clients.emplace_back(clientId);
    }
    if (session.clients.size() > mostClients) {
        session.clients.erase(session.clients.begin());
    }
    put(session, batch);
}

std::vector<Cookie> SessionService::use(const Context& context, const HttpRequest& request,
                                        std::string_view selector) {
    SessionCookies cookies(context.issuer, request);
    for (const auto& handle : cookies.all()) {
        if (handle.selector == selector) {
            cookies.use(handle);
        }
    }
    return cookies.changes();
}

Result<std::vector<Session>> SessionService::list(const Context& context,
                                                  std::string_view sub) const {
    std::vector<Session> sessions;
    const auto listed =
        forEachRecordOf(sub, host_.records(), context, kind, [&](const Record& record) {
            auto session = sessionFrom(record);
            if (session && endOf(*session) > host_.clock().now()) {
                sessions.push_back(*std::move(session));
            }
            return done();
        });
    if (!listed) {
        return listed.error();
    }
    return sessions;
}

/// In place of what the batch holds of it already.
void SessionService::put(const Session& session, Batch& batch) const {
    Record record = recordOf(session);
    const auto earlier =
        std::find_if(batch.puts.begin(), batch.puts.end(), [&](const Record& candidate) {
            return candidate.kind == record.kind && candidate.key == record.key;
        });
    if (earlier != batch.puts.end()) {
        *earlier = std::move(record);
        return;
    }
    if (session.version > 0) {
        batch.expects.push_back(unchanged(session));
    }
    batch.puts.push_back(std::move(record));
}

TimePoint SessionService::endOf(const Session& session) const {
    return std::min(session.ends, session.seen + milliseconds(lifetimes_.idle));
}

Status SessionService::watch(const Context& context, const Session& session, Batch& batch) const {
    return watch_ ? watch_->add(context, session.selector, endOf(session), batch) : done();
}

Record SessionService::recordOf(const Session& session) const {
    Record record;
    record.kind = kind;
    record.key = session.selector;
    record.links = {{"subject", session.subject.sub}};
    record.expires = endOf(session) + (watch_ ? SessionWatch::patience : std::chrono::hours{0});
    record.payload = sessionText(session);
    return record;
}

}  // namespace gatehouse
