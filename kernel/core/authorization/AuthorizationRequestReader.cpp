// SPDX-License-Identifier: Apache-2.0
#include "authorization/AuthorizationRequestReader.h"

#include "client/ClientDirectory.h"
#include "client/RedirectPolicy.h"
#include "json/Members.h"
#include "token/ClaimsPolicy.h"
#include "token/Pkce.h"
#include "token/ResourcePolicy.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>

namespace gatehouse {

namespace {

using Problem = std::optional<OAuthError>;

Problem invalid(std::string_view description, std::string detail = {}) {
    return OAuthError::of(OAuthCode::invalidRequest, description, std::move(detail));
}

/// RFC 6749 section 3.1: no parameter more than once; `resource` may repeat (RFC 8707 section 2).
Problem checkDoubled(const Form& form, AuthorizationRequest& /*request*/) {
    std::set<std::string_view> names;
    for (const auto& [name, value] : form.fields()) {
        if (name != "resource" && !names.insert(name).second) {
            return invalid("A parameter is included more than once", "doubled: " + name);
        }
    }
    return {};
}

/// OpenID Connect Core section 6: what is not supported is said, never silently ignored.
Problem checkUnsupported(const Form& form, AuthorizationRequest& /*request*/) {
    if (form.has("request")) {
        return OAuthError::of(OAuthCode::requestNotSupported, "Request objects are not supported");
    }
    if (form.has("request_uri")) {
        return OAuthError::of(OAuthCode::requestUriNotSupported,
                              "Request objects by reference are not supported");
    }
    if (form.has("registration")) {
        return OAuthError::of(OAuthCode::registrationNotSupported,
                              "The registration parameter is not supported");
    }
    return {};
}

Problem checkResponseType(const Form& form, AuthorizationRequest& request) {
    if (!form.has("response_type")) {
        return invalid("The response_type parameter is missing");
    }
    if (form.text("response_type") != "code") {
        return OAuthError::of(OAuthCode::unsupportedResponseType,
                              "Only the response type code is supported");
    }
    if (!request.client->allowsGrant("authorization_code")) {
        return OAuthError::of(OAuthCode::unauthorizedClient,
                              "The client is not registered for authorization codes");
    }
    return {};
}

Problem checkResponseMode(const Form& form, AuthorizationRequest& /*request*/) {
    const auto mode = form.text("response_mode");
    if (!mode.empty() && mode != "query" && mode != "form_post") {
        return invalid("The response_mode must be query or form_post");
    }
    return {};
}

/// What a client gets that names no scope: all it may have, without what belongs to OpenID Connect
/// alone.
ScopeSet defaultScopes(const Client& client) {
    constexpr std::array<std::string_view, 6> identity{"openid",  "profile", "email",
                                                       "address", "phone",   "offline_access"};
    ScopeSet scopes;
    for (const auto& scope : client.scopes) {
        if (std::find(identity.begin(), identity.end(), scope) == identity.end()) {
            scopes.add(scope);
        }
    }
    return scopes;
}

/// RFC 6749 section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ).
bool isScopeText(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

/// RFC 6749 section 3.3: values the client may not have are left out, and the token response says
/// what remained.
Problem readScopes(const Form& form, AuthorizationRequest& request) {
    if (!isScopeText(form.text("scope"))) {
        return OAuthError::of(OAuthCode::invalidScope,
                              "The scope has a character it must not have");
    }
    request.scopes = form.has("scope")
                         ? ScopeSet::parse(form.text("scope")).within(request.client->scopes)
                         : defaultScopes(*request.client);
    if (request.scopes.empty()) {
        return OAuthError::of(OAuthCode::invalidScope,
                              "None of the requested scopes can be granted");
    }
    return {};
}

/// RFC 7636 section 4.4.1, RFC 9700 section 2.1.1: S256, required unless a confidential client is
/// registered without.
Problem readPkce(const Form& form, AuthorizationRequest& request) {
    const auto method = form.text("code_challenge_method");
    if (!form.has("code_challenge")) {
        const bool mayLack =
            request.client->isConfidential() && request.client->metadata.text("pkce") == "optional";
        return mayLack && method.empty() ? Problem{}
                                         : invalid("The code_challenge parameter is missing");
    }
    if (method != "S256") {
        return invalid("The code_challenge_method must be S256");
    }
    if (!Pkce::isChallenge(form.text("code_challenge"))) {
        return invalid("The code_challenge is not the base64url form of a SHA-256");
    }
    request.codeChallenge = form.text("code_challenge");
    return {};
}

Problem readPrompts(const Form& form, AuthorizationRequest& request) {
    const auto prompts = Prompts::parse(form.text("prompt"));
    if (!prompts) {
        return invalid("The prompt parameter has an unknown value, or none beside another");
    }
    request.prompts = *prompts;
    return {};
}

/// OpenID Connect Core section 3.1.2.1; the client may have registered a default.
Problem readMaxAge(const Form& form, AuthorizationRequest& request) {
    const std::string text(form.text("max_age"));
    if (text.empty()) {
        const auto byDefault = numberOf(request.client->metadata, "default_max_age", -1);
        request.maxAge = byDefault < 0 ? std::nullopt : std::optional(seconds{byDefault});
        return {};
    }
    if (text.size() > 10 || text.find_first_not_of("0123456789") != std::string::npos) {
        return invalid("The max_age parameter is not a number of seconds");
    }
    request.maxAge = seconds{std::stoll(text)};
    return {};
}

Problem readClaims(const ClaimsPolicy& policy, const Form& form, AuthorizationRequest& request) {
    auto claims = ClaimsRequest::parse(form.text("claims"));
    if (!claims) {
        return invalid("The claims parameter is malformed");
    }
    const ScopeSet& registered = request.client->scopes;
    request.claims.userinfo = policy.within(registered, claims->userinfo);
    request.claims.idToken = policy.within(registered, claims->idToken);
    for (const auto* named : {&request.claims.userinfo, &request.claims.idToken}) {
        for (const auto& scope : policy.scopesOf(*named)) {
            request.claimScopes.add(scope);
        }
    }
    request.subject = request.claims.subject();
    return {};
}

Problem readResources(const Form& form, AuthorizationRequest& request) {
    auto resources = requestedResources(form);
    if (!resources) {
        return resources.error();
    }
    request.resources = *std::move(resources);
    return {};
}

Problem readTexts(const Form& form, AuthorizationRequest& request) {
    request.nonce = form.text("nonce");
    request.loginHint = form.text("login_hint");
    request.uiLocales = form.text("ui_locales");
    request.acrValues = form.text("acr_values");
    return {};
}

/// The redirect URI of the request, or why there is none. It may be left out when exactly one is
/// registered (RFC 6749 section 3.1.2.3) and OpenID Connect, which requires it, is not asked for.
Result<std::string, OAuthError> readRedirectUri(const Form& form, const Client& client) {
    if (form.count("redirect_uri") > 1) {
        return *invalid("The redirect_uri is included more than once");
    }
    const std::string uri(form.text("redirect_uri"));
    if (!uri.empty()) {
        if (RedirectPolicy::differsInLocalhostPort(client, uri)) {
            return *invalid(
                "The port of the redirect_uri is not the registered one; it is free for "
                "127.0.0.1 and [::1], for localhost only where the client is "
                "registered with any_localhost_port",
                "asked for " + uri);
        }
        if (!RedirectPolicy::allows(client, uri)) {
            return *invalid("The redirect_uri is not registered for this client",
                            "asked for " + uri);
        }
        return uri;
    }
    const bool isOpenId = ScopeSet::parse(form.text("scope")).contains("openid");
    if (client.redirectUris.size() != 1 || isOpenId) {
        return *invalid("The redirect_uri is missing");
    }
    return client.redirectUris.front();
}

/// A request object is refused unread; but whoever put the response_mode there waits for the
/// refusal in that mode (OpenID Connect Core section 6.1: its members come first). Unverified: the
/// redirect URI is the registered one in either mode.
std::string responseMode(const Jose& jose, const Form& form) {
    if (form.has("request")) {
        const auto object = jose.peek(form.text("request"));
        if (object && object->claims.contains("response_mode")) {
            return std::string(object->claims.text("response_mode"));
        }
    }
    return std::string(form.text("response_mode"));
}

ReplyTo readReplyTo(const Jose& jose, const Form& form, std::string redirectUri) {
    ReplyTo replyTo;
    replyTo.redirectUri = std::move(redirectUri);
    replyTo.state = form.count("state") > 1 ? std::string_view{} : form.text("state");
    replyTo.mode =
        responseMode(jose, form) == "form_post" ? ResponseMode::formPost : ResponseMode::query;
    return replyTo;
}

/// OpenID Connect Core section 3.1.2.1: an ID token of ours, expired or not.
Problem readIdTokenHint(const Context& context, Jose& jose, const Form& form,
                        AuthorizationRequest& request) {
    if (!form.has("id_token_hint")) {
        return {};
    }
    const auto token = jose.verify(context, form.text("id_token_hint"));
    if (!token) {
        return OAuthError::from(token.error());
    }
    // An access token is signed by the same keys and is no ID token.
    const bool isIdToken = *token && (*token)->header.text("typ") == "JWT" &&
                           (*token)->claims.text("iss") == context.issuer.url;
    const auto subject = isIdToken ? (*token)->claims.text("sub") : std::string_view{};
    if (subject.empty() || (!request.subject.empty() && request.subject != subject)) {
        return invalid("The id_token_hint is not an ID token of this server, or contradicts the "
                       "claims parameter");
    }
    request.subject = subject;
    return {};
}

using Rule = Problem (*)(const Form&, AuthorizationRequest&);
constexpr std::array<Rule, 10> rules{
    checkDoubled, checkUnsupported, checkResponseType, checkResponseMode, readScopes,
    readPkce,     readPrompts,      readMaxAge,        readResources,     readTexts};

}  // namespace

std::optional<Prompts> Prompts::parse(std::string_view text) {
    const auto values = ScopeSet::parse(text);
    Prompts prompts;
    const std::map<std::string_view, bool*> known{{"none", &prompts.none},
                                                  {"login", &prompts.login},
                                                  {"consent", &prompts.consent},
                                                  {"select_account", &prompts.selectAccount}};
    for (const auto& value : values) {
        const auto found = known.find(value);
        if (found == known.end()) {
            return std::nullopt;
        }
        *found->second = true;
    }
    const bool isAlone = std::distance(values.begin(), values.end()) == 1;
    return !prompts.none || isAlone ? std::optional(prompts) : std::nullopt;
}

Result<AuthorizationRequest, Refusal> AuthorizationRequestReader::read(const Context& context,
                                                                       const Form& form) const {
    if (form.count("client_id") != 1 || !form.has("client_id")) {
        return Refusal{*invalid("The client_id is missing, or included more than once"), {}, {}};
    }
    auto client = clients_.find(context, form.text("client_id"));
    if (!client) {
        return Refusal{OAuthError::from(client.error()), {}, {}};
    }
    if (*client == nullptr) {
        return Refusal{OAuthError::of(OAuthCode::invalidClient, "The client is not known here",
                                      "client_id " + std::string(form.text("client_id"))),
                       {},
                       {}};
    }
    auto redirectUri = readRedirectUri(form, **client);
    if (!redirectUri) {
        return Refusal{redirectUri.error(), {}, *client};
    }
    if (!givesCodes_ || !context.issuer.allowsGrant("authorization_code")) {
        return Refusal{OAuthError::of(OAuthCode::unsupportedResponseType,
                                      "This server gives no authorization codes",
                                      "the issuer has no grant authorization_code"),
                       readReplyTo(jose_, form, *redirectUri), *client};
    }
    AuthorizationRequest request;
    request.client = *client;
    request.isRedirectUriSent = form.has("redirect_uri");
    request.replyTo = readReplyTo(jose_, form, *redirectUri);
    for (const auto rule : rules) {
        if (auto problem = rule(form, request)) {
            return Refusal{std::move(*problem), request.replyTo, *client};
        }
    }
    if (auto problem = readClaims(claims_, form, request)) {
        return Refusal{std::move(*problem), request.replyTo, *client};
    }
    if (auto problem = readIdTokenHint(context, jose_, form, request)) {
        return Refusal{std::move(*problem), request.replyTo, *client};
    }
    return request;
}

}  // namespace gatehouse
