// SPDX-License-Identifier: Apache-2.0
#include "KeycloakClient.h"

#include "json/Json.h"
#include "json/Members.h"
#include "text/Contains.h"

#include <algorithm>
#include <charconv>

namespace gatehouse {

namespace {

constexpr const char* kind = "client";
constexpr std::string_view keycloaksOwn[] = {"account",          "account-console",
                                             "admin-cli",        "broker",
                                             "realm-management", "security-admin-console"};
/// Scopes that stand for what Keycloak puts into its tokens, and for nothing that a client asks.
constexpr std::string_view technicalScopes[] = {
    "acr", "basic", "microprofile-jwt", "organization", "roles", "service_account", "web-origins"};

struct Renamed {
    std::string_view attribute;
    std::string_view member;
};
constexpr Renamed texts[] = {
    {"backchannel.logout.url", "backchannel_logout_uri"},
    {"frontchannel.logout.url", "frontchannel_logout_uri"},
    {"access.token.signed.response.alg", "access_token_signed_response_alg"},
    {"id.token.signed.response.alg", "id_token_signed_response_alg"},
    {"token.endpoint.auth.signing.alg", "token_endpoint_auth_signing_alg"},
    {"logoUri", "logo_uri"},
    {"policyUri", "policy_uri"},
    {"tosUri", "tos_uri"},
};
/// Only one that is set says more than its default.
constexpr Renamed flags[] = {
    {"dpop.bound.access.tokens", "dpop_bound_access_tokens"},
    {"tls.client.certificate.bound.access.tokens", "tls_client_certificate_bound_access_tokens"},
    {"require.pushed.authorization.requests", "require_pushed_authorization_requests"},
};

/// One client as it is read.
class Reading {
public:
    Reading(const ValueMap& client, Arrivals& arrivals)
        : client_(client), attributes_(objectOf(client, "attributes")), arrivals_(arrivals),
          id_(client.text("clientId")) {}

    /// Why it stays behind; empty: it comes along.
    std::string problem() const;
    ForeignClient client();

private:
    void setMethod();
    void setGrants();
    void setUris();
    void setScope();
    void setPkce();
    void setAttributes();
    void setKeys();
    void remark(bool is, std::string_view what) {
        if (is) {
            arrivals_.remark(kind, id_, what);
        }
    }

    bool is(std::string_view attribute) const { return attributes_.text(attribute) == "true"; }
    bool isPublic() const { return isTrue(client_, "publicClient"); }
    /// Through its browser; Keycloak's default.
    bool logsIn() const {
        return !client_.contains("standardFlowEnabled") || isTrue(client_, "standardFlowEnabled");
    }
    std::string method() const;
    std::vector<std::string> grants() const;
    std::string absolute(const std::string& uri) const;
    bool hasMapper(std::string_view type) const;

    const ValueMap& client_;
    const ValueMap attributes_;
    Arrivals& arrivals_;
    const std::string id_;
    ForeignClient made_;
};

std::string Reading::problem() const {
    const auto protocol = client_.text("protocol");
    if (!protocol.empty() && protocol != "openid-connect") {
        return "is one of " + std::string(protocol) + ", which is not spoken here";
    }
    if (isTrue(client_, "bearerOnly")) {
        return "only takes tokens: `gatehouse resource add` registers an API";
    }
    if (method().empty()) {
        return "proves itself by " + std::string(client_.text("clientAuthenticatorType")) +
               ", which is not known here";
    }
    if (hasMapper("oidc-sha256-pairwise-sub-mapper")) {
        return "knows people by a sub of its own (pairwise), which cannot come along";
    }
    return grants().empty() ? "has no grant that there is here" : "";
}

ForeignClient Reading::client() {
    made_.metadata.set("client_id", id_);
    if (!client_.text("name").empty()) {
        made_.metadata.set("client_name", client_.text("name"));
    }
    setMethod();
    setGrants();
    setUris();
    setScope();
    setPkce();
    setAttributes();
    setKeys();
    const Value* enabled = client_.find("enabled");
    made_.isDisabled = enabled != nullptr && enabled->boolean() != nullptr && !*enabled->boolean();
    const Value* mappers = client_.find("protocolMappers");
    remark(mappers != nullptr && mappers->list() != nullptr && !mappers->list()->empty(),
           "does without its protocol mappers: claims are declared in the configuration, oauth: "
           "claims");
    remark(isTrue(client_, "authorizationServicesEnabled"),
           "does without its authorization services");
    return std::move(made_);
}

std::string Reading::method() const {
    const auto type = client_.text("clientAuthenticatorType");
    if (isPublic()) {
        return "none";
    }
    if (type.empty() || type == "client-secret") {
        return "client_secret_basic";
    }
    return type == "client-jwt"          ? "private_key_jwt"
           : type == "client-secret-jwt" ? "client_secret_jwt"
           : type == "client-x509"       ? "tls_client_auth"
                                         : "";
}

void Reading::setMethod() {
    const auto used = method();
    made_.metadata.set("token_endpoint_auth_method", used);
    const auto secret = client_.text("secret");
    const bool isMasked = secret.find_first_not_of('*') == std::string_view::npos;
    if (used.rfind("client_secret_", 0) == 0 && !isMasked) {
        made_.secret = Secret(secret);
    }
    remark(used == "client_secret_basic",
           "has to send its secret in the Authorization header; one that sends it in the form "
           "needs `gatehouse client update --auth-method client_secret_post`");
    if (used == "tls_client_auth") {
        made_.metadata.set("tls_client_auth_subject_dn", attributes_.text("x509.subjectdn"));
    }
}

std::vector<std::string> Reading::grants() const {
    std::vector<std::string> grants;
    if (logsIn()) {
        grants.emplace_back("authorization_code");
    }
    if (is("oauth2.device.authorization.grant.enabled")) {
        grants.emplace_back("urn:ietf:params:oauth:grant-type:device_code");
    }
    if (is("oidc.ciba.grant.enabled")) {
        grants.emplace_back("urn:openid:params:grant-type:ciba");
    }
    if (!grants.empty() && attributes_.text("use.refresh.tokens") != "false") {
        grants.emplace_back("refresh_token");
    }
    if (isTrue(client_, "serviceAccountsEnabled") && !isPublic()) {
        grants.emplace_back("client_credentials");
    }
    return grants;
}

void Reading::setGrants() {
    made_.metadata.set("grant_types", listOfTexts(grants()));
    remark(isTrue(client_, "implicitFlowEnabled"), "does without the implicit flow");
    remark(isTrue(client_, "directAccessGrantsEnabled"),
           "does without the password grant (direct access), which OAuth 2.1 has not");
    remark(is("standard.token.exchange.enabled"),
           "does without token exchange: `gatehouse client update --grant` adds it");
}

/// "/callback" is one of the client's root URL.
std::string Reading::absolute(const std::string& uri) const {
    const bool isRelative = !uri.empty() && uri.front() == '/';
    return isRelative ? std::string(client_.text("rootUrl")) + uri : uri;
}

void Reading::setUris() {
    std::vector<std::string> uris;
    for (const auto& uri : textsOf(client_.find("redirectUris"))) {
        uris.push_back(absolute(uri));
    }
    if (logsIn()) {
        made_.metadata.set("redirect_uris", listOfTexts(uris));
    }
    std::vector<std::string> afterLogout;
    std::string_view rest = attributes_.text("post.logout.redirect.uris");
    while (!rest.empty()) {
        const auto end = std::min(rest.find("##"), rest.size());
        const std::string uri(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 2, rest.size()));
        if (uri == "+") {
            afterLogout.insert(afterLogout.end(), uris.begin(), uris.end());
        } else if (!uri.empty() && uri != "-") {
            afterLogout.push_back(absolute(uri));
        }
    }
    if (!afterLogout.empty() && logsIn()) {
        made_.metadata.set("post_logout_redirect_uris", listOfTexts(afterLogout));
    }
}

void Reading::setScope() {
    std::string scope = logsIn() ? "openid" : "";
    for (const auto* member : {"defaultClientScopes", "optionalClientScopes"}) {
        for (const auto& name : textsOf(client_.find(member))) {
            if (!contains(technicalScopes, name)) {
                scope.append(scope.empty() ? "" : " ").append(name);
            }
        }
    }
    made_.metadata.set("scope", scope);
}

void Reading::setPkce() {
    const bool isAsked = attributes_.text("pkce.code.challenge.method") == "S256";
    made_.metadata.set("pkce", isAsked || isPublic() ? "required" : "optional");
    remark(!isAsked && isPublic() && logsIn(), "has to use PKCE from now on");
    made_.metadata.set("consent", isTrue(client_, "consentRequired") ? "explicit" : "implicit");
}

void Reading::setAttributes() {
    for (const auto& [attribute, member] : texts) {
        if (const auto text = attributes_.text(attribute); !text.empty()) {
            made_.metadata.set(member, text);
        }
    }
    for (const auto& [attribute, member] : flags) {
        if (is(attribute)) {
            made_.metadata.set(member, true);
        }
    }
    if (made_.metadata.contains("backchannel_logout_uri")) {
        made_.metadata.set("backchannel_logout_session_required",
                           is("backchannel.logout.session.required"));
    }
    const auto life = attributes_.text("access.token.lifespan");
    std::int64_t length = 0;
    const auto read = std::from_chars(life.data(), life.data() + life.size(), length);
    if (read.ec == std::errc() && length > 0) {
        made_.metadata.set("access_token_ttl_secs", length);
    }
}

void Reading::setKeys() {
    if (is("use.jwks.url")) {
        made_.metadata.set("jwks_uri", attributes_.text("jwks.url"));
    } else if (is("use.jwks.string")) {
        const auto text = attributes_.text("jwks.string");
        made_.metadata.set("jwks", parseJson(text).value_or(Value(text)));
    }
}

bool Reading::hasMapper(std::string_view type) const {
    const Value* mappers = client_.find("protocolMappers");
    const auto* list = mappers == nullptr ? nullptr : mappers->list();
    return list != nullptr && std::any_of(list->begin(), list->end(), [&](const Value& mapper) {
               return mapper.map() != nullptr && mapper.map()->text("protocolMapper") == type;
           });
}

}  // namespace

Status takeKeycloakClient(const ValueMap& client, const std::string& place, Arrivals& arrivals) {
    const std::string id(client.text("clientId"));
    if (contains(keycloaksOwn, id)) {
        arrivals.leave(kind, {}, "is one of Keycloak's own");
        return done();
    }
    Reading reading(client, arrivals);
    const auto problem = id.empty() ? "has no clientId" : reading.problem();
    if (!problem.empty()) {
        arrivals.leave(kind, id.empty() ? place : id, problem);
        return done();
    }
    return arrivals.add(reading.client());
}

}  // namespace gatehouse
