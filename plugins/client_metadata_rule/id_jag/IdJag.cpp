// SPDX-License-Identifier: Apache-2.0
#include "IdJag.h"

#include "IdJagAssertion.h"
#include "json/JsonWriter.h"
#include "json/MemberChoice.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/Contains.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange";
constexpr std::string_view bearerGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
constexpr std::string_view idTokenType = "urn:ietf:params:oauth:token-type:id_token";
constexpr std::size_t idBytes = 16;
constexpr std::string_view grantProfile = "urn:ietf:params:oauth:grant-profile:id-jag";

OAuthError invalidRequest(std::string_view description) {
    return OAuthError::of(OAuthCode::invalidRequest, description);
}

OAuthError invalidTarget(std::string detail) {
    return OAuthError::of(OAuthCode::invalidTarget, "The client gets no ID-JAG for this target",
                          std::move(detail));
}

/// What is asked for of the policy's, or all of it.
Result<std::vector<std::string>, OAuthError> resourcesOf(const Form& form,
                                                         const IdJagPolicy& policy) {
    std::vector<std::string> wanted;
    for (const auto& [name, value] : form.fields()) {
        if (name != "resource" || value.empty()) {
            continue;
        }
        if (!contains(policy.resources, value)) {
            return invalidTarget("id_jag of the client does not name the resource " + value);
        }
        wanted.push_back(value);
    }
    return wanted.empty() ? policy.resources : wanted;
}

void writeResources(JsonWriter& claims, const std::vector<std::string>& resources) {
    if (resources.size() == 1) {
        claims.text("resource", resources.front());
    } else if (!resources.empty()) {
        claims.list("resource", resources);
    }
}

void writeAuthentication(JsonWriter& claims, const Authentication& authentication) {
    if (authentication.time != TimePoint{}) {
        claims.number("auth_time", toSeconds(authentication.time));
    }
    if (!authentication.acr.empty()) {
        claims.text("acr", authentication.acr);
    }
    if (!authentication.amr.empty()) {
        claims.list("amr", authentication.amr);
    }
}

}  // namespace

Status IdJag::configure(const Config& config, Host& host) {
    host_ = &host;
    life_ = std::chrono::duration_cast<seconds>(config.duration("life"));
    return done();
}

Status IdJag::start() {
    clients_ = &host_->one<Clients>();
    people_ = &host_->one<People>();
    tokens_ = &host_->one<Tokens>();
    return done();
}

Status IdJag::admit(const Context& /*context*/, const ValueMap& metadata) const {
    const auto problem =
        isThere(metadata, idJagMember) ? idJagProblem(*metadata.find(idJagMember)) : std::string();
    return problem.empty() ? done()
                           : Error::badInput(std::string(idJagMember).append(": ") + problem);
}

void IdJag::describe(const Issuer& issuer, ValueMap& metadata) const {
    const auto grants = tokens_->grantTypes(issuer);
    if (contains(grants, exchangeGrant)) {
        metadata.set("identity_chaining_requested_token_types_supported", ValueList{tokenType()});
    }
    if (contains(grants, bearerGrant)) {
        metadata.set("authorization_grant_profiles_supported", ValueList{grantProfile});
    }
}

Status IdJag::narrow(const Context& context, const Client& client, Vouched& vouched) const {
    auto problem = narrowIdJag(context, client, vouched);
    return problem.empty() ? done() : Error::badInput(std::move(problem));
}

Result<Entitlement, OAuthError> IdJag::give(const TokenRequest& request) const {
    const Form& form = request.form();
    if (form.text("subject_token_type") != idTokenType) {
        return invalidRequest("An ID-JAG is given for an ID token alone");
    }
    if (form.has("actor_token") || form.has("actor_token_type")) {
        return invalidRequest("An ID-JAG has no actor");
    }
    auto authorization = request.openIdToken(form.text("subject_token"));
    if (!authorization) {
        return authorization.error();
    }
    auto token = make(request, *authorization);
    if (!token) {
        return token.error();
    }
    Entitlement entitlement;
    entitlement.authorization = *std::move(authorization);
    entitlement.members.set("issued_token_type", tokenType());
    entitlement.other = *std::move(token);
    return entitlement;
}

Result<OtherToken, OAuthError> IdJag::make(const TokenRequest& request,
                                           const Authorization& authorization) const {
    const Form& form = request.form();
    const auto audience = form.text("audience");
    const auto policy = IdJagPolicy::of(request.client(), audience);
    if (form.count("audience") != 1 || !policy || audience == request.context().issuer.url) {
        return invalidTarget("id_jag of the client does not name this one audience");
    }
    auto scopes = narrowedScopes(form, policy->scopes);
    if (!scopes) {
        return scopes.error();
    }
    const auto resources = resourcesOf(form, *policy);
    if (!resources) {
        return resources.error();
    }
    const auto now = toSeconds(host_->clock().now());
    const auto end = std::min(now + life_.count(), toSeconds(authorization.expires));
    OtherToken token{{},
                     base64url(host_->random().bytes(idBytes)),
                     std::string(audience),
                     *std::move(scopes),
                     seconds{end - now}};
    auto text = sign(request, authorization, *policy, *resources, token);
    if (!text) {
        return OAuthError::from(text.error());
    }
    token.text = *std::move(text);
    return token;
}

Result<std::string> IdJag::sign(const TokenRequest& request, const Authorization& authorization,
                                const IdJagPolicy& policy,
                                const std::vector<std::string>& resources,
                                const OtherToken& token) const {
    const auto sub = subOf(request, policy, authorization.subject);
    if (!sub) {
        return sub.error();
    }
    const auto now = toSeconds(host_->clock().now());
    JsonWriter claims;
    claims.text("iss", request.context().issuer.url)
        .text("sub", *sub)
        .text("aud", token.audience)
        .text("client_id", policy.clientId)
        .text("jti", token.id)
        .number("exp", now + token.life.count())
        .number("iat", now);
    if (!token.scopes.empty()) {
        claims.text("scope", token.scopes.text());
    }
    writeResources(claims, resources);
    writeAuthentication(claims, authorization.authentication);
    const auto algorithm = request.client().metadata.text("id_token_signed_response_alg");
    return host_->jose().sign(request.context(), algorithm.empty() ? "RS256" : algorithm, typ(),
                              claims.finish());
}

/// What whoever takes it knows the person by, where people sign in to it from here as well.
Result<std::string> IdJag::subOf(const TokenRequest& request, const IdJagPolicy& policy,
                                 const Subject& subject) const {
    if (policy.relyingParty.empty()) {
        return people_->subFor(request.context(), request.client(), subject);
    }
    const auto party = clients_->find(request.context(), policy.relyingParty);
    if (!party) {
        return party.error();
    }
    return *party == nullptr ? Error::internal("relying_party of id_jag, " + policy.relyingParty +
                                               ", is no client")
                             : people_->subFor(request.context(), **party, subject);
}

constexpr Field fields[] = {
    {"life", Kind::duration, byDefault("300s"), "how long an ID-JAG is good",
     between(10'000, 600'000)},
};

constexpr const char* needs[] = {"key_store", "clients", "people", "tokens"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::IdJag, "id_jag", "0.1.0",
                 "Preview: identity assertions for and of other authorization servers (ID-JAG)",
                 gatehouse::fields, gatehouse::needs)
