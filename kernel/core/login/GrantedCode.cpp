// SPDX-License-Identifier: Apache-2.0
#include "login/GrantedCode.h"

#include "token/ClaimsPolicy.h"

namespace gatehouse {

CodeGrant grantedCode(const AuthorizationRequest& request, const SignedIn& who,
                      const ScopeSet& scopes, const ClaimsPolicy& claims) {
    const auto& [session, person] = who;
    CodeGrant grant;
    grant.authorization.clientId = request.client->id;
    grant.authorization.registration = request.client->registration;
    grant.authorization.subject = session.subject;
    grant.authorization.scopes = scopes;
    grant.authorization.audience = request.resources;
    grant.authorization.authentication = session.authentication;
    grant.authorization.nonce = request.nonce;
    grant.authorization.idTokenClaims = claims.asked(person.claims, request.claims.idToken);
    grant.authorization.userinfoClaims = request.claims.userinfo;
    grant.authorization.confirmation = request.confirmation;
    grant.authorization.notes = request.notes;
    grant.redirectUri = request.isRedirectUriSent ? request.replyTo.redirectUri : std::string{};
    grant.codeChallenge = request.codeChallenge;
    return grant;
}

}  // namespace gatehouse
