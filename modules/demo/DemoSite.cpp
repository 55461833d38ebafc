// SPDX-License-Identifier: Apache-2.0
#include "DemoSite.h"

#include <gatehouse/Web.h>
#include <gatehouse/facade/Discovery.h>

#include "DemoText.h"
#include "json/Json.h"
#include "text/Base64.h"
#include "text/Base64Url.h"
#include "text/FormText.h"
#include "text/Percent.h"

namespace gatehouse {

namespace {

constexpr std::string_view purpose = "demo";
constexpr std::size_t randomSize = 32;

OAuthError unexpected(std::string_view description) {
    return OAuthError::of(OAuthCode::invalidRequest, description);
}

/// RFC 6749 section 2.3.1.
std::string basicCredentials(const std::string& id, std::string_view secret) {
    return "Basic " + base64(percentEncode(id) + ":" + percentEncode(secret));
}

std::string shorten(const std::string& token) {
    constexpr std::size_t shown = 24;
    return token.size() <= shown ? token : token.substr(0, shown) + "...";
}

ValueMap answerOf(const TokenSet& tokens) {
    ValueMap answer{{"access_token", shorten(tokens.accessToken)},
                    {"token_type", "Bearer"},
                    {"expires_in", std::int64_t{tokens.expiresIn.count()}},
                    {"scope", tokens.scopes.text()}};
    if (!tokens.refreshToken.empty()) {
        answer.set("refresh_token", shorten(tokens.refreshToken));
    }
    answer.set("id_token", shorten(tokens.idToken));
    return answer;
}

std::string greetingName(const ValueMap& claims) {
    for (const auto* claim : {"given_name", "name", "preferred_username", "email", "sub"}) {
        if (!claims.text(claim).empty()) {
            return std::string(claims.text(claim));
        }
    }
    return {};
}

}  // namespace

DemoSite::DemoSite(Host& host, const DemoSettings& settings)
    : host_(host), clients_(host.one<Clients>()), pages_(host.one<Pages>()),
      people_(host.one<People>()), tokens_(host.one<Tokens>()), settings_(settings) {}

HttpResponse DemoSite::show(const Context& context, const HttpRequest& request) const {
    const auto client = clients_.find(context, settings_.clientId);
    if (!client) {
        return pages_.error(context, request, OAuthError::from(client.error()));
    }
    if (*client == nullptr) {
        return refuse(context, request, OAuthCode::invalidClient,
                      "The demo's client_id is not registered here. It needs the redirect URI " +
                          redirectUri(context));
    }
    return pages_.show(context, request,
                       {"demo",
                        {{"client", pages_.client(context, request, **client)},
                         {"begin", context.issuer.path + "/demo/login"}}});
}

HttpResponse DemoSite::begin(const Context& context, const HttpRequest& /*request*/) const {
    const Pending pending{base64url(host_.random().bytes(randomSize)),
                          base64url(host_.random().bytes(randomSize)),
                          base64url(host_.random().bytes(randomSize))};
    const auto text = toJson(ValueMap{
        {"state", pending.state}, {"nonce", pending.nonce}, {"verifier", pending.verifier}});
    const auto sealed = host_.crypto().seal(purpose, Secret(text), context.issuer.url);
    auto answer = host_.web().redirect(
        context.issuer.url + "/api/oauth/authorize?" +
        writeForm({{"response_type", "code"},
                   {"client_id", settings_.clientId},
                   {"redirect_uri", redirectUri(context)},
                   {"scope", settings_.scope},
                   {"state", pending.state},
                   {"nonce", pending.nonce},
                   {"code_challenge", base64url(host_.crypto().sha256(pending.verifier))},
                   {"code_challenge_method", "S256"}}));
    answer.set(host_.web().cookie(context.issuer, purpose, base64url(sealed)));
    return answer;
}

HttpResponse DemoSite::callback(const Context& context, const HttpRequest& request) const {
    const auto answer = parseForm(request.query).value_or(Form{});
    const auto pending = pendingOf(context, request);
    const bool isOurs = pending && host_.crypto().equal(answer.text("state"), pending->state) &&
                        answer.text("iss") == context.issuer.url;
    if (!isOurs) {
        return refuse(context, request, "invalid_request",
                      "Nobody began this login in this browser");
    }
    if (answer.has("error")) {
        return refuse(context, request, answer.text("error"), answer.text("error_description"));
    }
    auto result = finish(context, request, answer, *pending);
    if (!result) {
        host_.log().write(context, Level::info, "demo login refused: " + result.error().detail);
        return refuse(context, request, result.error().code, result.error().description);
    }
    auto done = host_.web().cookie(context.issuer, purpose, {});
    done.lifetime = seconds{-1};
    result->set(done);
    return *std::move(result);
}

Result<HttpResponse, OAuthError> DemoSite::finish(const Context& context,
                                                  const HttpRequest& request, const Form& answer,
                                                  const Pending& pending) const {
    const auto tokens = redeem(context, request, answer.text("code"), pending);
    if (!tokens) {
        return tokens.error();
    }
    const auto idToken = idTokenClaims(context, *tokens, pending);
    if (!idToken) {
        return idToken.error();
    }
    const auto claims = userinfo(context, *tokens);
    if (!claims) {
        return claims.error();
    }
    return pages_.show(context, request, resultPage(context, request, *tokens, *idToken, *claims));
}

std::optional<DemoSite::Pending> DemoSite::pendingOf(const Context& context,
                                                     const HttpRequest& request) const {
    const auto sealed = fromBase64url(host_.web().cookieOf(context.issuer, request, purpose));
    if (!sealed) {
        return std::nullopt;
    }
    const auto text = host_.crypto().open(purpose, *sealed, context.issuer.url);
    const auto value = text ? parseJson(text->view()) : std::nullopt;
    if (!value || value->map() == nullptr) {
        return std::nullopt;
    }
    const ValueMap& map = *value->map();
    return Pending{std::string(map.text("state")), std::string(map.text("nonce")),
                   std::string(map.text("verifier"))};
}

Result<TokenSet, OAuthError> DemoSite::redeem(const Context& context, const HttpRequest& request,
                                              std::string_view code, const Pending& pending) const {
    const auto client = clients_.find(context, settings_.clientId);
    if (!client) {
        return OAuthError::from(client.error());
    }
    std::vector<Form::Field> fields{{"grant_type", "authorization_code"},
                                    {"code", std::string(code)},
                                    {"redirect_uri", redirectUri(context)},
                                    {"code_verifier", pending.verifier}};
    HttpRequest posted = request;
    posted.method = "POST";
    posted.headers.clear();
    if (*client != nullptr && (*client)->authMethod == "client_secret_basic") {
        posted.headers.push_back(
            {"authorization", basicCredentials(settings_.clientId, settings_.clientSecret.view())});
    } else {
        fields.emplace_back("client_id", settings_.clientId);
        fields.emplace_back("client_secret", std::string(settings_.clientSecret.view()));
    }
    const Form form(fields);
    const auto caller = clients_.authenticate(context, posted, form);
    return caller ? tokens_.exchange(context, posted, form, *caller) : caller.error();
}

/// OpenID Connect Core section 3.1.3.7.
Result<ValueMap, OAuthError> DemoSite::idTokenClaims(const Context& context, const TokenSet& tokens,
                                                     const Pending& pending) const {
    auto token = host_.jose().verify(context, tokens.idToken);
    if (!token) {
        return OAuthError::from(token.error());
    }
    if (!*token || (*token)->claims.text("nonce") != pending.nonce) {
        return unexpected("The ID token is not the one that was asked for");
    }
    return std::move((*token)->claims);
}

Result<ValueMap, OAuthError> DemoSite::userinfo(const Context& context,
                                                const TokenSet& tokens) const {
    const auto claim = tokens_.inspect(context, tokens.accessToken);
    if (!claim) {
        return OAuthError::from(claim.error());
    }
    if (*claim == nullptr) {
        return unexpected("The access token is not valid");
    }
    const auto authorization = tokens_.authorizationOf(context, **claim);
    if (!authorization || !*authorization) {
        return unexpected("The access token speaks of nobody");
    }
    const auto person = people_.find(context, (*authorization)->subject);
    if (!person || !*person) {
        return unexpected("The person is gone");
    }
    const auto told = people_.userinfo(context, **person, **authorization, (*claim)->scopes);
    if (!told) {
        return OAuthError::from(told.error());
    }
    const auto sub = tokens_.subFor(context, **authorization);
    if (!sub) {
        return OAuthError::from(sub.error());
    }
    ValueMap claims{{"sub", *sub}};
    for (const auto& [name, value] : *told) {
        claims.set(name, value);
    }
    return claims;
}

Page DemoSite::resultPage(const Context& context, const HttpRequest& request,
                          const TokenSet& tokens, const ValueMap& idToken,
                          const ValueMap& claims) const {
    const auto client = clients_.find(context, settings_.clientId);
    const auto accessToken = host_.jose().peek(tokens.accessToken);
    return {"demo_result",
            {{"name", greetingName(claims)},
             {"client", client && *client ? pages_.client(context, request, **client) : ValueMap{}},
             {"has_claims", !claims.empty()},
             {"claims", claimRows(claims)},
             {"id_token", indentedJson(idToken)},
             {"access_token", accessToken ? indentedJson(accessToken->claims) : std::string{}},
             {"answer", indentedJson(answerOf(tokens))},
             {"again", context.issuer.path + "/demo"},
             {"logout", logoutOf(context.issuer)}}};
}

HttpResponse DemoSite::refuse(const Context& context, const HttpRequest& request,
                              std::string_view error, std::string_view description) const {
    return pages_.error(context, request, OAuthError::of(error, description));
}

/// Empty: nothing signs people out.
std::string DemoSite::logoutOf(const Issuer& issuer) const {
    const auto metadata = parseJson(*host_.one<Discovery>().document(issuer));
    return metadata && metadata->map() != nullptr
               ? std::string(metadata->map()->text("end_session_endpoint"))
               : std::string();
}

std::string DemoSite::redirectUri(const Context& context) {
    return context.issuer.url + "/demo/callback";
}

}  // namespace gatehouse
