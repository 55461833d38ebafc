// SPDX-License-Identifier: Apache-2.0
// Redirect URIs that are registered, and asked for.
#include "Fuzz.h"
#include "client/RedirectPolicy.h"
#include "client/RedirectUri.h"

#include <algorithm>
#include <string>

namespace gatehouse::fuzz {

namespace {

bool begins(std::string_view text, std::string_view with) {
    return text.substr(0, with.size()) == with;
}

/// "http://127.0.0.1/cb" with a port or without.
bool isLoopbackCallback(std::string_view uri) {
    constexpr std::string_view origin = "http://127.0.0.1";
    constexpr std::string_view path = "/cb";
    if (!begins(uri, origin) || uri.size() < origin.size() + path.size() ||
        uri.substr(uri.size() - path.size()) != path) {
        return false;
    }
    const auto port = uri.substr(origin.size(), uri.size() - origin.size() - path.size());
    return port.empty() ||
           (port.front() == ':' &&
            std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

void checkRegistered(std::string_view uri) {
    ensure(std::all_of(uri.begin(), uri.end(), [](char c) { return c > 0x20 && c < 0x7f; }) &&
               uri.find_first_of("#\\<>\"") == std::string_view::npos,
           "a registered URI is a URI without fragment");
    for (const auto* scheme : {"javascript:", "data:", "file:", "vbscript:", "blob:"}) {
        ensure(!begins(uri, scheme), "no URI that a browser would run");
    }
    ensure(!begins(uri, "http:") || begins(uri, "http://127.0.0.1") ||
               begins(uri, "http://[::1]") || begins(uri, "http://localhost"),
           "plain http only on this machine");
    const bool isWeb = begins(uri, "http:") || begins(uri, "https:");
    ensure(!isWeb || uri.substr(0, uri.find_first_of("/?", 8)).find('@') == std::string_view::npos,
           "no user name before the host");
    Client client;
    client.redirectUris = {std::string(uri)};
    ensure(RedirectPolicy::allows(client, uri), "what is registered may be asked for");
}

}  // namespace

void run(std::string_view input) {
    if (redirectUriProblem(input).empty()) {
        checkRegistered(input);
    }
    Client app;
    app.redirectUris = {"https://site.example/cb?a=b", "http://127.0.0.1/cb",
                        "com.example.app:/cb"};
    const bool isAllowed = RedirectPolicy::allows(app, input);
    const bool isExpected =
        input == app.redirectUris[0] || input == app.redirectUris[2] || isLoopbackCallback(input);
    ensure(!isAllowed || isExpected, "nobody is sent where nobody registered");
}

}  // namespace gatehouse::fuzz
