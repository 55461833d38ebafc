// SPDX-License-Identifier: Apache-2.0
#include "Policy.h"

#include <gatehouse/Scope.h>

#include "json/Members.h"
#include "text/Contains.h"
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
    return contains(grants, "authorization_code") ? text : "";
}

/// Of a URI that the server takes; an app's own scheme has none.
std::string_view hostOf(std::string_view uri) {
    const auto begin = uri.find("://");
    if (uri.rfind("http", 0) != 0 || begin == std::string_view::npos) {
        return {};
    }
    const auto rest = uri.substr(begin + 3);
    return splitAuthority(rest.substr(0, rest.find_first_of("/?#"))).first;
}

bool matches(std::string_view host, std::string_view pattern) {
    if (pattern.substr(0, 2) != "*.") {
        return host == pattern;
    }
    const auto end = pattern.substr(1);
    return host.size() > end.size() && host.substr(host.size() - end.size()) == end;
}

std::string lower(std::string_view text) {
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lowered;
}

Status checkHosts(const Texts& uris, const Texts& hosts) {
    for (const auto& uri : uris) {
        const auto host = lower(hostOf(uri));
        const bool isAllowed = std::any_of(hosts.begin(), hosts.end(), [&](const auto& pattern) {
            return !host.empty() && matches(host, lower(pattern));
        });
        if (!isAllowed) {
            return notAllowed("redirect_uris", uri);
        }
    }
    return done();
}

}  // namespace

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
