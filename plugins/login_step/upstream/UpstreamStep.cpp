// SPDX-License-Identifier: Apache-2.0
#include "UpstreamStep.h"

#include "IdTokenRules.h"
#include "UpstreamLogout.h"
#include "json/Members.h"
#include "text/Base64.h"
#include "text/Contains.h"
#include "text/FormText.h"
#include "text/Percent.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

/// Kept between the answer of the provider and the page that says what came of it.
constexpr const char* cameBack = "came_back";
constexpr std::size_t longestCode = 4096;

seconds secondsOf(const Config& config, std::string_view name) {
    return std::chrono::duration_cast<seconds>(config.duration(name));
}

/// RFC 6749 section 2.3.1: both parts are form-encoded first.
Header basic(const std::string& id, const Secret& secret) {
    return {"Authorization",
            "Basic " + base64(percentEncode(id) + ":" + percentEncode(secret.view()))};
}

}  // namespace

Status UpstreamStep::configure(const Config& config, Host& host) {
    host_ = &host;
    auto settings = readUpstreamSettings(config);
    if (!settings) {
        return settings.error();
    }
    settings_ = *std::move(settings);
    calls_ = std::make_unique<ProviderCalls>(host);
    if (settings_.isOpenId()) {
        provider_ = std::make_unique<KnownProvider>(host, *calls_, settings_.issuer);
    } else {
        given_ = std::make_shared<const ProviderMetadata>(settings_.given);
    }
    accounts_ = std::make_unique<Accounts>(host, settings_,
                                           Accounts::Most{config.number("most_per_address"),
                                                          config.number("most"),
                                                          secondsOf(config, "window")});
    return done();
}

Status UpstreamStep::start() {
    accounts_->start();
    return done();
}

/// Plain OAuth 2 says nothing of when somebody signed in there.
Need UpstreamStep::needed(const Context& /*context*/, const LoginState& state) const {
    const bool canProve = settings_.isOpenId() || !state.maxAge;
    return !state.person && canProve ? Need::yes : Need::unable;
}

/// Who has chosen it goes there at once; who comes from there in vain is told so first, since there
/// they would be sent back without a question.
Result<StepOutcome> UpstreamStep::ask(const Context& context, LoginState& state) const {
    const bool isBack = state.kept.contains(cameBack);
    state.kept = ValueMap();
    return state.isChosen && !isBack ? send(context, state) : page(false);
}

Result<StepOutcome> UpstreamStep::answer(const Context& context, LoginState& state,
                                         const Form& form) const {
    return form.has("go") ? send(context, state) : StepOutcome::again();
}

Result<StepOutcome> UpstreamStep::send(const Context& context, LoginState& state) const {
    const auto metadata = this->metadata(context);
    if (!metadata) {
        return refuse(context, {UpstreamProblem::away, metadata.error().detail});
    }
    const auto asked = AskedUpstream::make(host_->random(), host_->clock());
    state.kept = asked.kept();
    return StepOutcome::redirect(asked.url(settings_, **metadata, state, redirectUri(state)));
}

/// Whose account it is the provider says: what failed is no guess at the one that was typed before.
Result<StepOutcome> UpstreamStep::returned(const Context& context, LoginState& state,
                                           const Form& query) const {
    state.loginHint.clear();
    const auto asked = AskedUpstream::in(state.kept);
    state.kept = ValueMap{{cameBack, true}};
    if (!asked) {
        return StepOutcome::again();
    }
    const auto told = identify(context, state, *asked, query);
    return told ? enter(context, state, *told) : refuse(context, told.error());
}

/// Not the person's fault, and no guess, where the provider is away.
Result<StepOutcome> UpstreamStep::refuse(const Context& context,
                                         const UpstreamProblem& problem) const {
    host_->log().write(context, Level::warning, "login refused: " + problem.detail);
    return problem.text == UpstreamProblem::away ? page(true)
                                                 : StepOutcome::again(std::string(problem.text));
}

Result<StepOutcome> UpstreamStep::enter(const Context& context, LoginState& state,
                                        const ValueMap& told) const {
    const auto person = UpstreamPerson::in(told, settings_);
    if (!person) {
        return refuse(context, UpstreamProblem::failed("the provider does not say who it is"));
    }
    if (!saysAll(told, settings_.required)) {
        return refuse(context, {"upstream.no_account", "claims do not say what is required"});
    }
    const auto found = accounts_->find(context, *person, state);
    if (!found) {
        return found.error();
    }
    if (found->wait.count() > 0) {
        return StepOutcome::wait(found->wait, "upstream.wait");
    }
    if (!found->person) {
        return refuse(context, {found->problem, std::string(found->problem)});
    }
    state.person = found->person;
    return StepOutcome::passed(amrOf(told));
}

StepOutcome UpstreamStep::page(bool isAway) const {
    return StepOutcome::show({"upstream", {{"provider", settings_.shownName}, {"away", isAway}}});
}

/// One for each provider, so that none gets an answer which is meant for another (RFC 9700 section
/// 4.4.2.2).
std::string UpstreamStep::redirectUri(const LoginState& state) const {
    return state.returnUrl + "/" + percentEncode(host_->instance());
}

UpstreamStep::Or<UpstreamStep::Metadata> UpstreamStep::metadata(const Context& context) const {
    if (provider_ == nullptr) {
        return given_;
    }
    auto metadata = provider_->metadata(context);
    return metadata ? Or<Metadata>(*std::move(metadata)) : UpstreamProblem::of(metadata.error());
}

/// What the provider says of who has come back.
UpstreamStep::Or<ValueMap> UpstreamStep::identify(const Context& context, const LoginState& state,
                                                  const AskedUpstream& asked,
                                                  const Form& query) const {
    const auto metadata = this->metadata(context);
    if (!metadata) {
        return metadata.error();
    }
    if (auto problem = problemIn(query, **metadata)) {
        return *std::move(problem);
    }
    const Back back{context, state, asked, **metadata};
    const auto tokens = redeem(back, query.text("code"));
    if (!tokens) {
        return tokens.error();
    }
    if (!settings_.isOpenId()) {
        auto told = userInfo(back, *tokens);
        return told ? withEmail(back, *tokens, *std::move(told)) : told;
    }
    auto claims = idToken(back, *tokens);
    return claims ? withUserInfo(back, *tokens, *std::move(claims)) : claims;
}

/// RFC 6749 section 4.1.2.1, RFC 9207 section 2.4.
std::optional<UpstreamProblem> UpstreamStep::problemIn(const Form& query,
                                                       const ProviderMetadata& metadata) const {
    const auto& fields = query.fields();
    if (std::any_of(fields.begin(), fields.end(),
                    [&](const auto& field) { return query.count(field.first) > 1; })) {
        return UpstreamProblem::failed("the answer has a parameter twice");
    }
    const bool saysIssuer = query.has("iss");
    if (settings_.isOpenId() && (saysIssuer || metadata.sendsIssuer) &&
        query.text("iss") != settings_.issuer) {
        return UpstreamProblem::failed("the answer is another issuer's");
    }
    if (query.text("error") == "access_denied") {
        return UpstreamProblem{"upstream.denied", "the provider says access_denied"};
    }
    if (query.has("error")) {
        return UpstreamProblem::failed("the provider answers with an error");
    }
    if (!query.has("code") || query.text("code").size() > longestCode) {
        return UpstreamProblem::failed("the answer has no code");
    }
    return std::nullopt;
}

UpstreamStep::Or<TokenAnswer> UpstreamStep::redeem(const Back& back, std::string_view code) const {
    std::vector<Form::Field> fields{{"grant_type", "authorization_code"},
                                    {"code", std::string(code)},
                                    {"redirect_uri", redirectUri(back.state)},
                                    {"code_verifier", back.asked.verifier}};
    std::vector<Header> headers;
    if (settings_.authMethod == "client_secret_basic") {
        headers.push_back(basic(settings_.clientId, settings_.clientSecret));
    } else {
        fields.emplace_back("client_id", settings_.clientId);
    }
    if (settings_.authMethod == "client_secret_post") {
        fields.emplace_back("client_secret", settings_.clientSecret.view());
    }
    const auto answer = calls_->post(back.context, back.metadata.tokenEndpoint, std::move(headers),
                                     writeForm(fields));
    auto tokens = answer ? readTokenAnswer(*answer) : Result<TokenAnswer>(answer.error());
    return tokens ? Or<TokenAnswer>(*std::move(tokens)) : UpstreamProblem::of(tokens.error());
}

/// What the provider has signed.
UpstreamStep::Or<VerifiedJwt> UpstreamStep::verified(const Context& context,
                                                     const ProviderMetadata& metadata,
                                                     std::string_view text) const {
    const auto said = host_->jose().peek(text);
    if (!said || !contains(settings_.algorithms, said->header.text("alg"))) {
        return UpstreamProblem::failed(
            "there is no token, or one by an algorithm that is not allowed");
    }
    const auto keys = provider_->keys(context, metadata, said->header.text("kid"));
    if (!keys) {
        return UpstreamProblem::of(keys.error());
    }
    auto jwt = host_->jose().verifyWith(**keys, settings_.algorithms, text);
    return jwt ? Or<VerifiedJwt>(*std::move(jwt))
               : UpstreamProblem::failed("no key of the provider verifies the token");
}

UpstreamStep::Or<ValueMap> UpstreamStep::idToken(const Back& back,
                                                 const TokenAnswer& tokens) const {
    const auto jwt = verified(back.context, back.metadata, tokens.idToken);
    if (!jwt) {
        return jwt.error();
    }
    const auto now = host_->clock().now();
    auto problem = idTokenProblem(
        *jwt, {settings_.issuer, settings_.clientId, back.asked.nonce, tokens.accessToken.view()},
        now);
    if (!problem.empty()) {
        return UpstreamProblem::failed(std::move(problem));
    }
    const auto& maxAge = back.state.maxAge;
    if (maxAge && !isFresh(jwt->claims, *maxAge, back.asked.time, now)) {
        return UpstreamProblem{"upstream.stale",
                               "the ID token does not say that the person signed in anew"};
    }
    return jwt->claims;
}

/// Where the ID token does not say all that is used, and there is more to be had (OpenID Connect
/// Core section 5.3). What both say is the ID token's.
UpstreamStep::Or<ValueMap> UpstreamStep::withUserInfo(const Back& back, const TokenAnswer& tokens,
                                                      ValueMap claims) const {
    const bool isWhole = claims.contains(settings_.nameOf("preferred_username")) &&
                         claims.contains(settings_.nameOf("name")) &&
                         claims.contains(settings_.nameOf("email"));
    if (isWhole || back.metadata.userinfoEndpoint.empty()) {
        return claims;
    }
    auto told = userInfo(back, tokens);
    if (!told) {
        return told;
    }
    if (told->text("sub") != claims.text("sub")) {
        return UpstreamProblem::failed("sub of UserInfo is not that of the ID token");
    }
    for (const auto& [name, value] : claims) {
        told->set(name, value);
    }
    return told;
}

UpstreamStep::Or<ValueMap> UpstreamStep::userInfo(const Back& back,
                                                  const TokenAnswer& tokens) const {
    auto told =
        calls_->read(back.context, back.metadata.userinfoEndpoint, tokens.accessToken.view());
    if (!told) {
        return UpstreamProblem::of(told.error());
    }
    return told->map() != nullptr ? Or<ValueMap>(*told->map())
                                  : UpstreamProblem::failed("UserInfo is no JSON object");
}

/// The list is the only word on it: an address beside it may be one that is just shown.
UpstreamStep::Or<ValueMap> UpstreamStep::withEmail(const Back& back, const TokenAnswer& tokens,
                                                   ValueMap told) const {
    if (settings_.emailsEndpoint.empty()) {
        return told;
    }
    const auto list =
        calls_->read(back.context, settings_.emailsEndpoint, tokens.accessToken.view());
    if (!list) {
        return UpstreamProblem::of(list.error());
    }
    const auto email = primaryEmail(*list);
    told.set(settings_.nameOf("email"), email);
    told.set(settings_.nameOf("email_verified"), !email.empty());
    return told;
}

/// What the provider says of how they signed in there is believed as far as the operator says.
std::vector<std::string> UpstreamStep::amrOf(const ValueMap& told) const {
    auto said = textsOf(told.find("amr"));
    said.emplace_back(told.text("acr"));
    std::vector<std::string> amr{std::string(this->amr())};
    const bool isBelieved =
        std::any_of(settings_.believed.begin(), settings_.believed.end(),
                    [&](const Member& believed) { return contains(said, believed.name); });
    if (isBelieved) {
        amr.emplace_back(UpstreamSettings::mfa);
    }
    return amr;
}

constexpr const char* needs[] = {"people", "user_store", "storage"};
constexpr const char* logoutNeeds[] = {"login_step", "login_step.upstream", "sessions"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::UpstreamStep, "upstream", "0.1.0", "Login through another site",
                   gatehouse::upstreamFields, gatehouse::needs)
GATEHOUSE_DESCRIBE(gatehouse::UpstreamLogout, "upstream_logout", "0.1.0",
                   "Who signs out at a provider of login_step.upstream is signed out here",
                   gatehouse::logoutNeeds)
GATEHOUSE_LIBRARY(gatehouse::UpstreamStep, gatehouse::UpstreamLogout)
