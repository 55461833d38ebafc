// SPDX-License-Identifier: Apache-2.0
#include "login/SessionService.h"

#include "json/Json.h"
#include "json/Members.h"
#include "login/AuthenticationClass.h"
#include "login/SessionEnds.h"
#include "page/BrowserCookie.h"
#include "store/RecordsOf.h"
#include "text/Base64Url.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "session";
constexpr std::size_t sidSize = 16;

Expect unchanged(const Session& session) {
    return {std::string(kind), session.selector, Expect::State::version, session.version};
}

std::int64_t toNumber(TimePoint time) {
    return time.time_since_epoch().count();
}

TimePoint toTime(std::int64_t number) {
    return TimePoint{milliseconds{number}};
}

std::string payloadOf(const Session& session) {
    return toJson(ValueMap{{"hash", base64url(session.hash)},
                           {"sid", session.authentication.sessionId},
                           {"sub", session.subject.sub},
                           {"store", session.subject.store},
                           {"id", session.subject.id},
                           {"auth_time", toNumber(session.authentication.time)},
                           {"acr", session.authentication.acr},
                           {"amr", listOfTexts(session.authentication.amr)},
                           {"seen", toNumber(session.seen)},
                           {"ends", toNumber(session.ends)},
                           {"answered", session.isAnswered},
                           {"clients", listOfTexts(session.clients)},
                           {"steps", listOfTexts(session.steps)}});
}

/// Sessions of older versions are known by their key.
std::string sidOf(const ValueMap& payload, const Record& record) {
    const auto sid = payload.text("sid");
    return sid.empty() ? base64url(record.key) : std::string(sid);
}

std::optional<Session> sessionOf(const Record& record) {
    const auto value = parseJson(record.payload);
    if (!value || value->map() == nullptr) {
        return std::nullopt;
    }
    const ValueMap& payload = *value->map();
    Session session;
    session.selector = record.key;
    session.version = record.version;
    session.hash = fromBase64url(payload.text("hash")).value_or(std::string{});
    session.subject = {std::string(payload.text("sub")), std::string(payload.text("store")),
                       std::string(payload.text("id"))};
    session.authentication = {toTime(numberOf(payload, "auth_time")),
                              std::string(payload.text("acr")), textsOf(payload.find("amr")),
                              sidOf(payload, record)};
    session.seen = toTime(numberOf(payload, "seen"));
    session.ends = toTime(numberOf(payload, "ends"));
    const Value* answered = payload.find("answered");
    session.isAnswered =
        answered != nullptr && answered->boolean() != nullptr && *answered->boolean();
    session.clients = textsOf(payload.find("clients"));
    session.steps = textsOf(payload.find("steps"));
    return session;
}

}  // namespace

Result<std::optional<Session>> SessionService::read(const Context& context,
                                                    const HttpRequest& request) const {
    const auto handle = Handle::parse(readCookie(context.issuer, request, kind));
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
    return *record ? sessionOf(**record) : std::optional<Session>{};
}

Result<std::optional<SignedIn>> SessionService::find(const Context& context,
                                                     const HttpRequest& request) const {
    auto session = read(context, request);
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
    auto ended = end(context, request);
    return ended ? Result<std::optional<SignedIn>>{std::optional<SignedIn>{}} : ended.error();
}

Result<bool> SessionService::isThere(const Context& context, std::string_view selector) const {
    const auto record = host_.records().find(context, kind, selector);
    return record ? Result<bool>(record->has_value()) : record.error();
}

Result<SessionService::Opened> SessionService::open(const Context& context,
                                                    const HttpRequest& request,
                                                    const Subject& subject, const User& person,
                                                    const Proof& proof, Batch& batch) const {
    auto earlier = read(context, request);
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
    if (*earlier && (*earlier)->subject.sub == subject.sub) {
        replace(**earlier, session, proof.isAdded, batch);
    } else if (*earlier) {
        const auto erased = erase(context, **std::move(earlier), request.remoteAddress, Wait::no);
        if (!erased) {
            return erased.error();
        }
    }
    put(session, batch);
    return Opened{{std::move(session), person}, makeCookie(context.issuer, kind, handle.text())};
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
    const auto earlier = read(context, request);
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
    const bool isKnown = std::find(session.clients.begin(), session.clients.end(), clientId) !=
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

Result<SessionService::Ended> SessionService::end(const Context& context,
                                                  const HttpRequest& request) const {
    auto session = read(context, request);
    if (!session) {
        return session.error();
    }
    if (*session) {
        auto erased = erase(context, **session, request.remoteAddress, Wait::forClients);
        if (!erased) {
            return erased.error();
        }
    }
    return Ended{std::move(*session), dropCookie(context.issuer, kind)};
}

Result<std::vector<Session>> SessionService::list(const Context& context,
                                                  std::string_view sub) const {
    std::vector<Session> sessions;
    const auto listed =
        forEachRecordOf(sub, host_.records(), context, kind, [&](const Record& record) {
            if (auto session = sessionOf(record)) {
                sessions.push_back(*std::move(session));
            }
            return done();
        });
    if (!listed) {
        return listed.error();
    }
    return sessions;
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
    return done();
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

Record SessionService::recordOf(const Session& session) const {
    Record record;
    record.kind = kind;
    record.key = session.selector;
    record.links = {{"subject", session.subject.sub}};
    record.expires = std::min(session.ends, session.seen + milliseconds(lifetimes_.idle));
    record.payload = payloadOf(session);
    return record;
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
    batch.erases.push_back({std::string(kind), session.selector});
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
