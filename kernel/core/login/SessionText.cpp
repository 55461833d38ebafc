// SPDX-License-Identifier: Apache-2.0
#include "login/SessionText.h"

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"

namespace gatehouse {

namespace {

std::int64_t toNumber(TimePoint time) {
    return time.time_since_epoch().count();
}

TimePoint toTime(std::int64_t number) {
    return TimePoint{milliseconds{number}};
}

/// Sessions of older versions are known by their key.
std::string sidOf(const ValueMap& payload, const Record& record) {
    const auto sid = payload.text("sid");
    return sid.empty() ? base64url(record.key) : std::string(sid);
}

}  // namespace

std::string sessionText(const Session& session) {
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
                           {"steps", listOfTexts(session.steps)},
                           {"browser", session.browser.name},
                           {"system", session.browser.system}});
}

std::optional<Session> sessionFrom(const Record& record) {
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
    session.browser = {std::string(payload.text("browser")), std::string(payload.text("system"))};
    return session;
}

Expect unchanged(const Session& session) {
    return {std::string(sessionKind), session.selector, Expect::State::version, session.version};
}

}  // namespace gatehouse
