// SPDX-License-Identifier: Apache-2.0
#include "client/RedirectUri.h"

#include "json/Members.h"
#include "text/WebHost.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

constexpr const char* wildcard =
    "has a wildcard; register each redirect URI in full, they are compared letter by letter";

bool isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isUriText(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c > 0x20 && c < 0x7f &&
               std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
    });
}

bool isScheme(std::string_view text) {
    const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.empty() && isLower(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) {
               return isLower(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
           });
}

/// Schemes that a browser or the system answers itself: no app gets what is sent there.
bool isTaken(std::string_view scheme) {
    constexpr std::array<std::string_view, 17> taken{
        "about",      "blob",   "chrome",   "data", "file", "filesystem", "ftp", "intent", "jar",
        "javascript", "mailto", "resource", "sms",  "tel",  "vbscript",   "ws",  "wss"};
    return std::find(taken.begin(), taken.end(), scheme) != taken.end() || scheme == "view-source";
}

bool isLoopback(std::string_view host) {
    constexpr std::array<std::string_view, 3> names{"127.0.0.1", "[::1]", "localhost"};
    return std::find(names.begin(), names.end(), host) != names.end();
}

/// RFC 3986 section 2.1.
bool hasBadPercent(std::string_view text) {
    for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
        if (at + 2 >= text.size() || !isHex(text[at + 1]) || !isHex(text[at + 2])) {
            return true;
        }
    }
    return false;
}

/// RFC 3986 section 5.2.4: a browser takes them out.
bool hasDotSegment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto segment = path.substr(0, path.find('/'));
        if (segment == "." || segment == "..") {
            return true;
        }
        path.remove_prefix(segment.size());
    }
    return false;
}

/// Of what stands behind the authority.
std::string pathProblem(std::string_view text) {
    const auto path = text.substr(0, text.find('?'));
    if (path.find('*') != std::string_view::npos) {
        return wildcard;
    }
    if (text.find_first_of("[]") != std::string_view::npos) {
        return "has a bracket behind its host";
    }
    if (hasBadPercent(text)) {
        return "has a % that is not followed by two hexadecimal digits";
    }
    return hasDotSegment(path) ? R"(has a path that a browser would change: "." or "..")" : "";
}

std::string authorityProblem(std::string_view scheme, std::string_view authority) {
    if (authority.find('@') != std::string_view::npos) {
        return "has a user name in it";
    }
    if (authority.find('*') != std::string_view::npos) {
        return wildcard;
    }
    const auto [host, port] = splitAuthority(authority);
    if (host.empty()) {
        return "has no host";
    }
    if (!isWebHost(host)) {
        return "has a host that is neither a name nor an address";
    }
    if (port && !isWebPort(*port)) {
        return "has a port that is no number from 1 to 65535";
    }
    if (scheme == "http" && !isLoopback(host)) {
        return "must be https; http is for loopback addresses only";
    }
    return {};
}

std::string webUriProblem(std::string_view scheme, std::string_view rest) {
    if (rest.substr(0, 2) != "//") {
        return "has no host";
    }
    rest.remove_prefix(2);
    const auto authority = rest.substr(0, rest.find_first_of("/?"));
    auto problem = authorityProblem(scheme, authority);
    return problem.empty() ? pathProblem(rest.substr(authority.size())) : problem;
}

std::string appUriProblem(std::string_view scheme, std::string_view rest, AppSchemes schemes) {
    const bool isReversedDomain = scheme.find('.') != std::string_view::npos;
    if (!isReversedDomain && isTaken(scheme)) {
        return "has a scheme that no app can answer";
    }
    if (!isReversedDomain && schemes == AppSchemes::reversedDomain) {
        return "has a scheme that is neither https, http nor a reversed domain name; for an app's "
               "own short one, which any other app can claim as well, set \"any_app_scheme\"";
    }
    if (rest.empty()) {
        return "has nothing behind its scheme";
    }
    return hasBadPercent(rest) ? "has a % that is not followed by two hexadecimal digits"
           : rest.find('*') != std::string_view::npos ? wildcard
                                                      : "";
}

Status checkUris(std::string_view member, const std::vector<std::string>& uris,
                 const ValueMap& metadata) {
    const auto schemes =
        isTrue(metadata, "any_app_scheme") ? AppSchemes::any : AppSchemes::reversedDomain;
    for (const auto& uri : uris) {
        if (auto problem = redirectUriProblem(uri, schemes); !problem.empty()) {
            return Error::badInput(
                std::string(member).append(": \"").append(uri).append("\" ").append(problem));
        }
    }
    return done();
}

}  // namespace

std::string redirectUriProblem(std::string_view uri, AppSchemes schemes) {
    const auto colon = uri.find(':');
    if (colon == std::string_view::npos || !isScheme(uri.substr(0, colon))) {
        return "is not an absolute URI with a lower-case scheme";
    }
    if (!isUriText(uri)) {
        return "has a character that does not belong in a URI";
    }
    if (uri.find('#') != std::string_view::npos) {
        return "has a fragment";
    }
    const auto scheme = uri.substr(0, colon);
    const auto rest = uri.substr(colon + 1);
    return scheme == "https" || scheme == "http" ? webUriProblem(scheme, rest)
                                                 : appUriProblem(scheme, rest, schemes);
}

Status checkRedirectUris(const std::vector<std::string>& uris, const ValueMap& metadata) {
    return checkUris("redirect_uris", uris, metadata);
}

Status checkLogoutUris(const ValueMap& metadata) {
    constexpr std::string_view member = "post_logout_redirect_uris";
    return checkUris(member, textsOf(metadata.find(member)), metadata);
}

}  // namespace gatehouse
