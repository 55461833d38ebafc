// SPDX-License-Identifier: Apache-2.0
#include "Registrar.h"

#include "Metadata.h"
#include "Refusal.h"
#include "json/Json.h"
#include "json/Members.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view statementMember = "software_statement";

bool isPublic(const ValueMap& metadata) {
    return metadata.text("token_endpoint_auth_method") == "none";
}

}  // namespace

Result<Registrar::Registered, OAuthError>
Registrar::enroll(const Context& context, const ValueMap& body, const Policy& policy) const {
    auto wish = wishOf(context, body, {{"policy", policyValue(policy)}});
    if (!wish) {
        return wish.error();
    }
    if (!settings_.needsPkce && !isPublic(wish->metadata)) {
        wish->metadata.set("pkce", "optional");
    }
    if (settings_.unusedAfter.count() > 0) {
        wish->unusedUntil = host_.clock().now() + settings_.unusedAfter;
    }
    std::string token = tokens_.make();
    wish->kept.set(AccessTokens::member, tokens_.hashOf(token));
    auto made = clients_.enroll(context, *wish);
    return made ? Result<Registered, OAuthError>(Registered{*std::move(made), std::move(token)})
                : refusalOf(made.error());
}

Result<StoredClient, OAuthError> Registrar::find(const Context& context, std::string_view clientId,
                                                 std::string_view token) const {
    auto client = clients_.read(context, clientId);
    if (!client) {
        return OAuthError::from(client.error());
    }
    return tokens_.isOf(*client, token)
               ? Result<StoredClient, OAuthError>(**std::move(client))
               : OAuthError::of(OAuthCode::invalidToken,
                                "The registration access token is not good");
}

Result<std::optional<Registrar::Registered>, OAuthError>
Registrar::replace(const Context& context, const StoredClient& before, const ValueMap& body) const {
    auto wish = wishOf(context, body, before.client.kept);
    if (!wish) {
        return wish.error();
    }
    if (const auto* secret = body.find("client_secret"); secret != nullptr && !secret->isNull()) {
        wish->metadata.set("client_secret", *secret);
    }
    std::string token = tokens_.make();
    wish->kept.set(AccessTokens::member, tokens_.hashOf(token));
    auto made = clients_.replace(context, before, *wish);
    if (made) {
        return std::optional(Registered{*std::move(made), std::move(token)});
    }
    return made.error().fault == Fault::notAllowed
               ? Result<std::optional<Registered>, OAuthError>(std::nullopt)
               : refusalOf(made.error());
}

std::string Registrar::describe(const Context& context, const Registered& registered) const {
    const Client& client = registered.made.client;
    ValueMap told = clients_.describe(client);
    if (!registered.made.secret.empty()) {
        told.set("client_secret", registered.made.secret.view());
        told.set("client_secret_expires_at", 0);
    }
    told.set("registration_client_uri", context.issuer.url + "/api/oauth/register/" + client.id);
    told.set("registration_access_token", registered.token);
    if (const auto statement = client.kept.text(statementMember); !statement.empty()) {
        told.set(statementMember, statement);
    }
    return toJson(told);
}

Result<SelfRegistration, OAuthError> Registrar::wishOf(const Context& context, const ValueMap& body,
                                                       ValueMap kept) const {
    auto words = ownWordsOf(host_, clients_, context, body);
    if (!words) {
        return words.error();
    }
    const auto stated = statedIn(body, kept);
    if (!stated) {
        return stated.error();
    }
    const auto said = ownWordsOf(host_, clients_, context, *stated);
    if (!said) {
        return said.error();
    }
    for (const auto& claim : *said) {
        words->set(claim.name, claim.value);
    }
    if (const auto fitting = checkResponseTypes(*words); !fitting) {
        return refusalOf(fitting.error());
    }
    const auto policy = settings_.policy.with(policyFrom(objectOf(kept, "policy")));
    if (const auto admitted = policy.admit(*words); !admitted) {
        return refusalOf(admitted.error());
    }
    return SelfRegistration{*std::move(words), std::move(kept)};
}

/// A statement that a client was registered by holds for good, also when it has expired since; who
/// puts what it was told sends it again.
Result<ValueMap, OAuthError> Registrar::statedIn(const ValueMap& body, ValueMap& kept) const {
    const auto* shown = body.find(statementMember);
    const std::string known(kept.text(statementMember));
    if (shown != nullptr && !shown->isNull() &&
        (known.empty() || body.text(statementMember) != known)) {
        kept.set(statementMember, body.text(statementMember));
        return statements_.read(host_, body.text(statementMember));
    }
    return known.empty() ? Result<ValueMap, OAuthError>(ValueMap())
                         : SoftwareStatements::readKept(host_, known);
}

}  // namespace gatehouse
