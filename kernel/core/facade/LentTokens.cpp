// SPDX-License-Identifier: Apache-2.0
#include "facade/LentTokens.h"

#include "Services.h"
#include "authorization/ResponseTypes.h"
#include "client/ClientDirectory.h"
#include "client/ClientRules.h"
#include "client/HeldProfiles.h"
#include "limit/RateLimiter.h"
#include "token/FamilyBook.h"
#include "token/IntrospectionForms.h"
#include "token/ResourcePolicy.h"
#include "token/TokenBindings.h"
#include "token/TokenExchange.h"
#include "token/TokenInspector.h"
#include "web/Answer.h"

#include <utility>

namespace gatehouse {

Result<std::shared_ptr<const TokenClaim>> LentTokens::inspect(const Context& context,
                                                              std::string_view accessToken) const {
    return core_.inspector().inspect(context, accessToken);
}

Result<std::shared_ptr<const TokenClaim>, OAuthError>
LentTokens::present(const Context& context, const HttpRequest& request) const {
    const auto& bindings = core_.bindings();
    const auto shown = shownToken(request, bindings.schemes());
    if (!shown) {
        return bindings.challenge(shown.error(), bindings.schemes().front(), context.issuer);
    }
    auto claim = core_.inspector().inspect(context, shown->text);
    if (!claim) {
        return OAuthError::from(claim.error());
    }
    if (*claim == nullptr) {
        return bindings.challenge(OAuthError::of(OAuthCode::invalidToken,
                                                 "The access token is not valid",
                                                 "unknown, expired or revoked"),
                                  shown->scheme, context.issuer);
    }
    const auto proven =
        bindings.prove(context, request, shown->scheme, shown->text, (*claim)->confirmation);
    if (!proven) {
        return bindings.challenge(proven.error(), shown->scheme, context.issuer);
    }
    return *std::move(claim);
}

std::vector<Header> LentTokens::fields(const Context& context, const HttpRequest& request) const {
    return core_.bindings().fields(context, request);
}

std::string_view LentTokens::typeOf(const ValueMap& confirmation) const {
    return core_.bindings().typeOf(confirmation);
}

Result<std::optional<Authorization>> LentTokens::authorizationOf(const Context& context,
                                                                 const TokenClaim& claim) const {
    return core_.inspector().authorizationOf(context, claim);
}

Result<std::optional<RefreshTokenClaim>>
LentTokens::inspectRefreshToken(const Context& context, std::string_view text) const {
    auto presented = core_.families().read(context, text);
    if (!presented) {
        return presented.error();
    }
    if (!*presented) {
        return std::optional<RefreshTokenClaim>();
    }
    Family& family = (*presented)->family;
    const bool isCurrent = (*presented)->generation == family.generation;
    return std::optional(
        RefreshTokenClaim{std::move(family.authorization), family.expires, isCurrent});
}

Status LentTokens::revoke(const Context& context, const TokenClaim& claim) const {
    return core_.inspector().revoke(context, claim);
}

Status LentTokens::revokeAuthorization(const Context& context, std::string_view family) const {
    return core_.families().revoke(context, family);
}

Status LentTokens::revokeAll(const Context& context, std::string_view sub) const {
    return core_.families().revokeSubject(context, sub);
}

Result<TokenSet, OAuthError> LentTokens::exchange(const Context& context,
                                                  const HttpRequest& request, const Form& form,
                                                  const AuthenticatedClient& client) const {
    const auto wait = core_.limits().request(context, core_.host().records(), client.client->id,
                                             client.remoteAddress);
    if (wait) {
        return OAuthError::tooMany("Too many requests, try again later", *wait);
    }
    return core_.exchange().run(context, request, form, client);
}

Result<TokenSet, OAuthError> LentTokens::issue(const Context& context,
                                               const Entitlement& entitlement,
                                               const AuthenticatedClient& client,
                                               std::string_view grant) const {
    return core_.exchange().issue(context, entitlement, client, grant);
}

std::vector<std::string> LentTokens::grantTypes(const Issuer& issuer) const {
    auto types = core_.exchange().grantTypes(issuer);
    for (auto& grant : core_.responseTypes().grants(issuer)) {
        types.push_back(std::move(grant));
    }
    return types;
}

Result<std::string> LentTokens::subFor(const Context& context,
                                       const Authorization& authorization) const {
    const auto& subjects = core_.clientRules().subjects();
    if (subjects.empty()) {
        return authorization.subject.sub;
    }
    const auto client = core_.clients().find(context, authorization.clientId);
    if (!client) {
        return client.error();
    }
    return *client == nullptr ? Error::internal("the client is gone")
                              : subjects.told(context, **client, authorization.subject);
}

Result<bool> LentTokens::mayIntrospect(const Context& context, const TokenClaim& claim,
                                       const Client& client) const {
    return core_.resources().mayIntrospect(context, claim, client);
}

Result<std::optional<FormedAnswer>> LentTokens::introspectionAs(const Context& context,
                                                                const HttpRequest& request,
                                                                const Client& client,
                                                                const std::string& json) const {
    return core_.introspectionForms().told(context, request, client, json);
}

std::string LentTokens::objection(const Issuer& issuer, const ProtectedResource& resource) const {
    return core_.clients().profiles().objection(issuer.id, Client(), resource);
}

}  // namespace gatehouse
