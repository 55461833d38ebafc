// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Event.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/Scope.h>
#include <gatehouse/point/Storage.h>

#include "authorization/AuthorizationRequest.h"
#include "login/SessionService.h"

#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse {

class ClaimsPolicy;
class HandleMaker;
class RateLimiter;
class TicketBook;
struct BoundTo;
class TokenBindings;
class TokenIssuer;

/// Makes what answers an authorization request, as its `response_type` says: a code, and what the
/// kinds of plugins add. Threads: any.
class AnswerMaker {
public:
    /// All of it outlives the maker.
    struct Parts {
        Records& records;
        HandleMaker& handles;
        const TicketBook& tickets;
        const TokenIssuer& tokens;
        const TokenBindings& bindings;
        const ClaimsPolicy& claims;
        RateLimiter& limits;
    };
    explicit AnswerMaker(const Parts& parts) : parts_(parts) {}

    /// What is answered, and who it speaks of. All of it outlives the call.
    struct Wish {
        const Context& context;
        const AuthorizationRequest& request;
        const SignedIn& who;
        const ScopeSet& scopes;  ///< what is granted
        std::string_view askedScope;  ///< as sent
        std::string_view remoteAddress;
    };
    struct Answer {
        std::vector<Form::Field> parameters;
        std::vector<Event> tokens;  ///< access tokens among them, for TokenIssuer::announce()
    };
    /// Tokens are limited as at the token endpoint: why this client gets none now.
    Result<std::monostate, OAuthError> admit(const Context& context,
                                             const AuthorizationRequest& request,
                                             std::string_view remoteAddress) const;
    /// Good once the batch is applied.
    Result<Answer, OAuthError> make(const Wish& wish, Batch& batch) const;
    void announce(const Context& context, std::vector<Event> tokens) const;

private:
    Result<BoundTo, OAuthError> boundTo(const Wish& wish, Batch& batch) const;

    Parts parts_;
};

}  // namespace gatehouse
