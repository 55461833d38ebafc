// SPDX-License-Identifier: Apache-2.0
#include "AutheliaClient.h"

#include "json/Members.h"

#include <algorithm>
#include <vector>

namespace gatehouse {

namespace {

constexpr const char* kind = "client";
constexpr std::string_view plain = "$plaintext$";

bool isPublic(const ValueMap& client) {
    return isTrue(client, "public");
}

std::vector<std::string> grantsOf(const ValueMap& client, Arrivals& arrivals) {
    auto grants = textsOf(client.find("grant_types"));
    if (grants.empty()) {
        grants = {"authorization_code"};
    }
    const auto end = std::remove(grants.begin(), grants.end(), "implicit");
    if (end != grants.end()) {
        arrivals.remark(kind, client.text("client_id"), "does without the implicit flow");
        grants.erase(end, grants.end());
    }
    const auto scopes = textsOf(client.find("scopes"));
    const bool isOffline =
        std::find(scopes.begin(), scopes.end(), "offline_access") != scopes.end();
    if (isOffline && std::find(grants.begin(), grants.end(), "refresh_token") == grants.end()) {
        grants.emplace_back("refresh_token");
    }
    return grants;
}

std::string scopeOf(const ValueMap& client) {
    std::string scope;
    for (const auto& name : textsOf(client.find("scopes"))) {
        scope.append(scope.empty() ? "" : " ").append(name);
    }
    return scope.empty() ? "openid groups profile email" : scope;
}

ValueMap metadataOf(const ValueMap& client, const std::vector<std::string>& grants) {
    ValueMap metadata{{"client_id", client.text("client_id")},
                      {"grant_types", listOfTexts(grants)},
                      {"scope", scopeOf(client)}};
    for (const auto* name : {"client_name", "token_endpoint_auth_method",
                             "token_endpoint_auth_signing_alg", "jwks_uri"}) {
        if (!client.text(name).empty()) {
            metadata.set(name, client.text(name));
        }
    }
    if (isPublic(client)) {
        metadata.set("token_endpoint_auth_method", "none");
    }
    metadata.set("redirect_uris", listOfTexts(textsOf(client.find("redirect_uris"))));
    metadata.set("pkce",
                 isPublic(client) || isTrue(client, "require_pkce") ? "required" : "optional");
    const auto consent = client.text("consent_mode");
    metadata.set("consent", consent == "implicit" ? "implicit" : "explicit");
    if (isTrue(client, "require_pushed_authorization_requests")) {
        metadata.set("require_pushed_authorization_requests", true);
    }
    return metadata;
}

}  // namespace

Status takeAutheliaClient(const ValueMap& client, const std::string& place, Arrivals& arrivals) {
    const std::string id(client.text("client_id"));
    if (id.empty()) {
        arrivals.leave(kind, place, "has no client_id");
        return done();
    }
    if (!client.text("sector_identifier_uri").empty()) {
        arrivals.leave(kind, id,
                       "knows people by a sub of its own (pairwise), which cannot come along");
        return done();
    }
    const auto policy = client.text("authorization_policy");
    if (policy != "one_factor") {
        arrivals.remark(kind, id,
                        "asks for " + (policy.empty() ? "two_factor" : std::string(policy)) +
                            ", which is for the login plan to say: `login` in the configuration");
    }
    ForeignClient made;
    made.metadata = metadataOf(client, grantsOf(client, arrivals));
    const auto secret = client.text("client_secret");
    if (!isPublic(client) && secret.substr(0, plain.size()) == plain) {
        made.secret = Secret(secret.substr(plain.size()));
    } else if (!isPublic(client) && secret.substr(0, 1) != "$") {
        made.secret = Secret(secret);
    }
    return arrivals.add(std::move(made));
}

}  // namespace gatehouse
