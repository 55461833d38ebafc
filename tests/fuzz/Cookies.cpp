// SPDX-License-Identifier: Apache-2.0
// The Cookie header; a line break in the input begins another one.
#include <gatehouse/Http.h>

#include "Fuzz.h"
#include "page/BrowserCookie.h"

#include <algorithm>
#include <optional>
#include <string>

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
}

}  // namespace gatehouse::fuzz
