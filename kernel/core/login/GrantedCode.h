// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "authorization/AuthorizationRequest.h"
#include "login/SessionService.h"
#include "token/TicketBook.h"

namespace gatehouse {

class ClaimsPolicy;

/// What the code says that answers this request for who is signed in.
CodeGrant grantedCode(const AuthorizationRequest& request, const SignedIn& who,
                      const ScopeSet& scopes, const ClaimsPolicy& claims);

}  // namespace gatehouse
