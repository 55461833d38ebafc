// SPDX-License-Identifier: Apache-2.0
#include "Policy.h"

#include <gatehouse/Scope.h>

#include "json/Members.h"
#include "text/Contains.h"
#include "text/HostPattern.h"
#include "text/WebHost.h"

#include <algorithm>

namespace gatehouse {

namespace {

using Texts = std::vector<std::string>;

Status notAllowed(std::string_view member, std::string_view value) {
    return Error::badInput(
        std::string(member).append(": \"").append(value).append("\" is not allowed here"));
}

Status allIn(std::string_view member, const Texts& wanted, const Texts& allowed) {
    const auto other = std::find_if(wanted.begin(), wanted.end(),
                                    [&](const auto& value) { return !contains(allowed, value); });
    return other == wanted.end() ? done() : notAllowed(member, *other);
}

Texts scopesOf(const ValueMap& metadata) {
    const auto scopes = ScopeSet::parse(metadata.text("scope"));
    return {scopes.begin(), scopes.end()};
}

Texts grantsOf(const ValueMap& metadata) {
    auto grants = textsOf(metadata.find("grant_types"));
    return grants.empty() ? Texts{"authorization_code"} : grants;
}

/// What it may ask for if it names no scope. A client without people is given none.
std::string usualScope(const Texts& grants, const Texts& allowed) {
    std::string text;
    for (const auto& scope : allowed) {
        if (scope != "offline_access" || contains(grants, "refresh_token")) {
            text.append(text.empty() ? "" : " ").append(scope);
        }
    }
    return contains(grants, "authorization_code") || contains(grants, "implicit") ? text : "";
}

/// Of a URI that the server takes; an app's own scheme has none.
std::string_view hostOf(std::string_view uri) {
    const auto begin = uri.find("://");
    const auto scheme = uri.substr(0, begin);
    if (begin == std::string_view::npos || (scheme != "https" && scheme != "http")) {
        return {};
    }
    const auto rest = uri.substr(begin + 3);
    return splitAuthority(rest.substr(0, rest.find_first_of("/?#"))).first;
}

Status checkHosts(const Texts& uris, const Texts& hosts) {
    for (const auto& uri : uris) {
        if (!isHostOf(hostOf(uri), hosts)) {
            return notAllowed("redirect_uris", uri);
        }
    }
    return done();
}

/// RFC 6749 section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ).
bool isScope(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c >= 0x21 && c <= 0x7e && c != '"' && c != '\\';
    });
}

/// Those that have a name (RFC 6749 section 4); any other is an absolute URI (section 4.5).
bool isGrant(std::string_view text) {
    constexpr std::string_view named[] = {"authorization_code", "implicit", "refresh_token",
                                          "client_credentials"};
    const auto colon = text.find(':');
    return contains(named, text) || (isScope(text) && colon != std::string_view::npos &&
                                     colon > 0 && colon + 1 < text.size());
}

Status checkEach(const Texts& texts, bool (*isGood)(std::string_view), std::string_view setting,
                 std::string_view why) {
    const auto wrong =
        std::find_if(texts.begin(), texts.end(), [&](const auto& text) { return !isGood(text); });
    return wrong == texts.end()
               ? done()
               : Error::badInput(
                     std::string(setting).append(": \"").append(*wrong).append("\" ").append(why));
}

}  // namespace

Status Policy::check() const {
    if (auto good = checkEach(scopes, isScope, "scopes",
                              "is not one word of ASCII without quotes and backslashes");
        !good) {
        return good;
    }
    if (auto good = checkEach(grants, isGrant, "grants",
                              "is neither authorization_code, implicit, refresh_token or "
                              "client_credentials, nor a URI");
        !good) {
        return good;
    }
    return checkEach(redirectHosts, isHostPattern, "redirect_hosts",
                     "is no host; write shop.example, or *.shop.example for all below it");
}

Policy Policy::with(const Policy& other) const {
    return {other.scopes.empty() ? scopes : other.scopes,
            other.grants.empty() ? grants : other.grants,
            other.redirectHosts.empty() ? redirectHosts : other.redirectHosts};
}

Status Policy::admit(ValueMap& metadata) const {
    const auto wanted = grantsOf(metadata);
    if (auto allowed = allIn("grant_types", wanted, grants); !allowed) {
        return allowed;
    }
    if (!metadata.contains("scope")) {
        metadata.set("scope", usualScope(wanted, scopes));
    }
    if (auto allowed = allIn("scope", scopesOf(metadata), scopes); !allowed) {
        return allowed;
    }
    return redirectHosts.empty()
               ? done()
               : checkHosts(textsOf(metadata.find("redirect_uris")), redirectHosts);
}

ValueMap policyValue(const Policy& policy) {
    return {{"scopes", listOfTexts(policy.scopes)},
            {"grants", listOfTexts(policy.grants)},
            {"redirect_hosts", listOfTexts(policy.redirectHosts)}};
}

Policy policyFrom(const ValueMap& value) {
    return {textsOf(value.find("scopes")), textsOf(value.find("grants")),
            textsOf(value.find("redirect_hosts"))};
}

}  // namespace gatehouse
