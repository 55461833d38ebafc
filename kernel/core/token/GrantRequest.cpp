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
    return authorization;
}

Result<Authorization, OAuthError>
GrantRequest::openRefreshToken(std::string_view text, seconds grace, seconds idle) const {
    auto family = families_.open(context_, client_, text, grace, idle);
    if (!family) {
        return family.error();
    }
    Authorization authorization = family->family.authorization;
    opened_ = *std::move(family);
    return authorization;
}

}  // namespace gatehouse
