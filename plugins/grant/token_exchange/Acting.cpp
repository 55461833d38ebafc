// SPDX-License-Identifier: Apache-2.0
#include "Acting.h"

#include "Actor.h"

#include <utility>

namespace gatehouse {

namespace {

OAuthError invalidRequest(std::string_view description) {
    return OAuthError::of(OAuthCode::invalidRequest, description);
}

OAuthError unauthorized(std::string detail) {
    return OAuthError::of(OAuthCode::unauthorizedClient,
                          "This client may not exchange this token so", std::move(detail));
}

/// Only a token that the client has got itself says that it is, or has, the actor.
Result<ValueMap, OAuthError> actorOf(const TokenRequest& request, const People& people) {
    const auto shown = readShown(request, "actor_token");
    if (!shown) {
        return shown.error();
    }
    if (!shown->isOurs) {
        return ValueMap{{"sub", shown->claims.text("sub")}, {"iss", shown->from}};
    }
    if (shown->from != request.client().id) {
        return unauthorized("the actor token was issued to " + shown->from);
    }
    if (!shown->authorization.actor.empty()) {
        return invalidRequest("The actor token is one with an actor itself");
    }
    const auto sub =
        people.subFor(request.context(), request.client(), shown->authorization.subject);
    return sub ? Result<ValueMap, OAuthError>(ValueMap{{"sub", *sub}})
               : OAuthError::from(sub.error());
}

}  // namespace

Result<ValueMap, OAuthError> actFor(const TokenRequest& request, const ExchangePolicy& policy,
                                    const ShownToken& subject, const People& people) {
    const auto& form = request.form();
    const bool isDelegation = form.has("actor_token") || form.has("actor_token_type");
    if (!(isDelegation ? policy.delegates : policy.impersonates)) {
        return unauthorized(isDelegation ? "its token_exchange has no delegation"
                                         : "its token_exchange has no impersonation");
    }
    const auto& client = request.client().id;
    auto actor =
        isDelegation ? actorOf(request, people) : ValueMap{{"sub", client}, {"client_id", client}};
    if (!actor) {
        return actor.error();
    }
    if (!mayAct(subject.claims.find("may_act"), *actor)) {
        return invalidRequest("The subject token does not let this actor act");
    }
    const auto& until = subject.authorization.actor;
    auto act = isDelegation ? actedBy(*actor, until) : until;
    return countActors(act) > mostActors
               ? invalidRequest("Too many act for one another in this token")
               : Result<ValueMap, OAuthError>(std::move(act));
}

}  // namespace gatehouse
