// SPDX-License-Identifier: Apache-2.0
#include "client/SubjectForms.h"
#include "jose/IdTokenHash.h"
#include "json/JsonWriter.h"
#include "json/Members.h"
#include "token/ClaimsPolicy.h"
#include "token/ClaimsSources.h"
#include "token/ResponseForms.h"
#include "token/TokenDraft.h"

// The ID tokens of TokenIssuer.

namespace gatehouse {

namespace {

std::string algorithmOf(const Client& client, std::string_view member, std::string_view otherwise) {
    const auto chosen = client.metadata.text(member);
    return std::string(chosen.empty() ? otherwise : chosen);
}

}  // namespace

Result<std::string, OAuthError> TokenIssuer::giveIdToken(const Context& context,
                                                         const Client& client,
                                                         const Granted& granted,
                                                         const Beside& beside) const {
    Draft draft = draftOf(context, client, granted);
    if (auto named = nameSubject(context, draft); !named) {
        return OAuthError::from(named.error());
    }
    auto idToken = writeIdToken(context, draft, beside);
    return idToken ? Result<std::string, OAuthError>(*std::move(idToken))
                   : OAuthError::from(idToken.error());
}

/// The session, as the client knows it.
void TokenIssuer::writeSid(JsonWriter& claims, const Draft& draft) const {
    const auto& own = draft.entitlement.authorization;
    const auto& sid = own.authentication.sessionId;
    const auto& sub = draft.access.subject.sub;
    if (sub == own.subject.sub) {
        claims.text("sid", sid);
    } else {
        claims.text("sid", sidBeside(sub, host_.crypto(), sid));
    }
}

/// OpenID Connect Core section 2.
Result<std::string> TokenIssuer::writeIdToken(const Context& context, const Draft& draft,
                                              const Beside& beside) const {
    const Authorization& authorization = draft.entitlement.authorization;
    const auto algorithm = algorithmOf(draft.client, "id_token_signed_response_alg", "RS256");
    JsonWriter claims;
    claims.text("iss", context.issuer.url)
        .text("sub", draft.access.subject.sub)
        .text("aud", draft.client.id)
        .number("exp", toSeconds(draft.access.issuedAt + life(context, draft.client, idTokenTtl)))
        .number("iat", toSeconds(draft.access.issuedAt));
    if (!beside.accessToken.empty()) {
        claims.text("at_hash", idTokenHash(algorithm, beside.accessToken));
    }
    if (!beside.code.empty()) {
        claims.text("c_hash", idTokenHash(algorithm, beside.code));
    }
    if (authorization.authentication.time != TimePoint{}) {
        claims.number("auth_time", toSeconds(authorization.authentication.time));
    }
    if (!authorization.nonce.empty()) {
        claims.text("nonce", authorization.nonce);
    }
    if (!authorization.authentication.acr.empty()) {
        claims.text("acr", authorization.authentication.acr);
    }
    if (!authorization.authentication.amr.empty()) {
        claims.list("amr", authorization.authentication.amr);
    }
    if (!authorization.authentication.sessionId.empty()) {
        writeSid(claims, draft);
    }
    const auto more = idTokenClaims(context, draft, beside.isNothing());
    if (!more) {
        return more.error();
    }
    for (const auto& claim : *more) {
        claims.value(claim.name, claim.value);
    }
    auto idToken = host_.jose().sign(context, algorithm, "JWT", claims.finish());
    return !idToken || forms_.empty() ? idToken
                                      : forms_.idToken(context, draft.client, *std::move(idToken));
}

/// What the claims parameter asked for at the authorization, and what belongs there by itself. One
/// that is alone tells what UserInfo would, which nobody can ask (OpenID Connect Core section 5.4).
Result<ValueMap> TokenIssuer::idTokenClaims(const Context& context, const Draft& draft,
                                            bool isAlone) const {
    const auto& scopes = draft.entitlement.authorization.scopes;
    ValueMap claims = draft.entitlement.authorization.idTokenClaims;
    addTo(claims, claims_.told(draft.granted.person, scopes, ClaimTarget::idToken,
                               textsOf(draft.client.metadata.find("id_token_claims"))));
    auto added = addSources(claims, context, draft, ClaimsWanted::idToken);
    if (added && isAlone) {
        addTo(claims, claims_.told(draft.granted.person, scopes, ClaimTarget::userinfo));
        added = addSources(claims, context, draft, ClaimsWanted::userinfo);
    }
    return added ? Result<ValueMap>(std::move(claims)) : added.error();
}

}  // namespace gatehouse
