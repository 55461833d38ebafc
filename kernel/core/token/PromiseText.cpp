// SPDX-License-Identifier: Apache-2.0
#include "token/PromiseText.h"

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view pending = "promised";
constexpr std::string_view decided = "decided";
constexpr std::string_view denied = "denied";

/// With what was asked for as `state`.
std::string textOf(ValueMap members, const OpenPromise& promise, std::string_view state) {
    members.set("hash", promise.hash);
    members.set("client", promise.clientId);
    members.set("registration", promise.registration);
    members.set(state, ValueMap{{"until", promise.until.time_since_epoch().count()},
                                {"interval", promise.interval.count()},
                                {"request", promise.sealed},
                                {"page", promise.page.name},
                                {"values", promise.page.values},
                                {"return", promise.returnPath},
                                {"grant", promise.grant},
                                {"sub", promise.person.sub},
                                {"store", promise.person.store},
                                {"id", promise.person.id},
                                {"ask", promise.askPath}});
    return toJson(members);
}

}  // namespace

std::string promiseText(const OpenPromise& promise) {
    return textOf({}, promise, pending);
}

std::string deniedText(const OpenPromise& promise) {
    return textOf({{std::string(denied), true}}, promise, decided);
}

std::string keptText(const OpenPromise& promise, std::string_view ticket) {
    const auto value = parseJson(ticket);
    return textOf(value && value->map() != nullptr ? *value->map() : ValueMap(), promise, decided);
}

bool isDenied(const ValueMap& ticket) {
    return ticket.contains(denied);
}

bool isPending(const ValueMap& ticket) {
    return ticket.contains(pending);
}

OpenPromise promiseFrom(const Record& record, const ValueMap& ticket) {
    const auto about = objectOf(ticket, isPending(ticket) ? pending : decided);
    OpenPromise promise;
    promise.kind = record.kind;
    promise.key = record.key;
    promise.version = record.version;
    promise.expires = record.expires;
    promise.isDecided = !isPending(ticket);
    promise.hash = ticket.text("hash");
    promise.clientId = ticket.text("client");
    promise.registration = ticket.text("registration");
    promise.until = TimePoint{milliseconds{numberOf(about, "until")}};
    promise.interval = seconds{numberOf(about, "interval")};
    promise.sealed = about.text("request");
    promise.page = {std::string(about.text("page")), objectOf(about, "values")};
    promise.returnPath = about.text("return");
    promise.grant = about.text("grant");
    promise.person = {std::string(about.text("sub")), std::string(about.text("store")),
                      std::string(about.text("id"))};
    promise.askPath = about.text("ask");
    return promise;
}

std::string promiseReference(std::string_view kind, std::string_view key) {
    return base64url(key).append(" ").append(kind);
}

PromisePlace promisePlace(std::string_view reference) {
    const auto blank = reference.find(' ');
    auto key = fromBase64url(reference.substr(0, blank));
    return key && blank != std::string_view::npos
               ? PromisePlace{std::string(reference.substr(blank + 1)), *std::move(key)}
               : PromisePlace{};
}

}  // namespace gatehouse
