// SPDX-License-Identifier: Apache-2.0
#include "token/GrantRequest.h"

#include "token/ScopePolicy.h"

namespace gatehouse {

Result<ScopeSet, OAuthError> GrantRequest::requestedScopes() const {
    return ScopePolicy::requested(client_, form_.text("scope"));
}

Result<Authorization, OAuthError> GrantRequest::openTicket(TicketKind /*kind*/,
                                                           std::string_view text) const {
    auto code = tickets_.open(context_, client_, form_, text);
    if (!code) {
        return code.error();
    }
    Authorization authorization = code->authorization;
    opened_ = *std::move(code);
    return asOfNow(std::move(authorization));
}

Result<Authorization, OAuthError>
GrantRequest::openRefreshToken(std::string_view text, seconds grace, seconds idle) const {
    auto family = families_.open(context_, client_, text, grace, idle);
    if (!family) {
        return family.error();
    }
    Authorization authorization = family->family.authorization;
    opened_ = *std::move(family);
    return asOfNow(std::move(authorization));
}

Result<Authorization, OAuthError> GrantRequest::asOfNow(Authorization authorization) const {
    const auto person = people_.find(context_, authorization.subject);
    if (!person) {
        return OAuthError::from(person.error());
    }
    if (!*person) {
        return OAuthError::of(OAuthCode::invalidGrant, "The authorization is not valid any more",
                              "the person is gone or disabled");
    }
    authorization.scopes = authorization.scopes.within(client_.scopes);
    return authorization;
}

}  // namespace gatehouse
