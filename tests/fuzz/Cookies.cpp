// SPDX-License-Identifier: Apache-2.0
// The Cookie header; a line break in the input begins another one.
#include <gatehouse/Http.h>

#include "Fuzz.h"
#include "login/SessionCookies.h"
#include "page/BrowserCookie.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::fuzz {

namespace {

/// Cuts `list` at the first `mark`; what stands behind it stays.
std::string_view cut(std::optional<std::string_view>& list, char mark) {
    const auto end = list->find(mark);
    const auto part = list->substr(0, end);
    list = end == std::string_view::npos ? std::nullopt : std::optional(list->substr(end + 1));
    return part;
}

/// Another way to the first cookie of this name with a value: all pairs, one after the other.
std::string_view expected(const HttpRequest& request, std::string_view name) {
    for (const auto& field : request.headers) {
        std::optional<std::string_view> rest = field.value;
        while (field.name == "cookie" && rest) {
            auto pair = cut(rest, ';');
            pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
            const auto equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
                return pair.substr(equals + 1);
            }
        }
    }
    return {};
}

void check(const HttpRequest& request, std::string_view name) {
    const auto value = request.cookie(name);
    ensure(value == expected(request, name), "the first cookie of the name");
    ensure(value.find(';') == std::string_view::npos, "a value ends at the semicolon");
}

std::string textOf(const std::vector<Handle>& handles) {
    std::string text;
    for (const auto& handle : handles) {
        text += handle.text() + '\n';
    }
    return text;
}

/// The next request of a browser that was told of the changes.
HttpRequest nextOf(const Issuer& issuer, const HttpRequest& request,
                   const SessionCookies& cookies) {
    const auto changes = cookies.changes();
    HttpRequest next;
    for (const auto* purpose : {"session", "sessions"}) {
        const auto name = makeCookie(issuer, purpose, "").name;
        const auto changed =
            std::find_if(changes.begin(), changes.end(),
                         [&](const Cookie& cookie) { return cookie.name == name; });
        const std::string value(changed == changes.end() ? readCookie(issuer, request, purpose)
                                                         : changed->value);
        next.headers.push_back({"cookie", name + "=" + value});
    }
    return next;
}

void ensureSame(const Issuer& issuer, const HttpRequest& request, const SessionCookies& cookies) {
    const auto next = nextOf(issuer, request, cookies);
    ensure(textOf(SessionCookies(issuer, next).all()) == textOf(cookies.all()),
           "what the browser is told is what it says then");
}

void checkSessions(const Issuer& issuer, const HttpRequest& request) {
    SessionCookies cookies(issuer, request);
    const auto before = cookies.all();
    ensure(before.size() <= SessionCookies::most, "no more than a few");
    ensureSame(issuer, request, cookies);
    const Handle fresh{std::string(Handle::selectorSize, 'n'),
                       std::string(Handle::verifierSize, 'v')};
    const auto forgotten = cookies.use(fresh);
    ensure(cookies.inUse() && cookies.inUse()->text() == fresh.text(), "it is in use");
    const auto after = cookies.all();
    ensure(after.size() <= SessionCookies::most, "still no more than a few");
    ensure(!forgotten ||
               (before.size() == SessionCookies::most && after.size() == SessionCookies::most),
           "one is forgotten for it alone");
    ensureSame(issuer, request, cookies);
    for (const auto& handle : after) {
        cookies.forget(handle.selector);
    }
    ensure(cookies.all().empty(), "all are forgotten");
    ensureSame(issuer, request, cookies);
}

}  // namespace

void run(std::string_view input) {
    HttpRequest request;
    std::optional<std::string_view> rest = input;
    while (rest) {
        const auto line = cut(rest, '\n');
        request.headers.push_back({"cookie", std::string(line)});
        request.headers.push_back({"x-cookie", std::string(line)});
    }
    for (const auto* name : {"a", "session", "gatehouse_session", "__Host-gatehouse_session"}) {
        check(request, name);
    }
    const Issuer issuer{1, "https://id.example", ""};
    ensure(readCookie(issuer, request, "session") == request.cookie("__Host-gatehouse_session"),
           "only the cookie with the prefix counts on https");
    checkSessions(issuer, request);
    checkSessions({2, "http://127.0.0.1:8080/a", "/a"}, request);
}

}  // namespace gatehouse::fuzz
