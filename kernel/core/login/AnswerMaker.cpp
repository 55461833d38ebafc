// SPDX-License-Identifier: Apache-2.0
#include "login/AnswerMaker.h"

#include "authorization/ResponseTypes.h"
#include "limit/RateLimiter.h"
#include "login/GrantedCode.h"
#include "login/MadeAnswer.h"
#include "token/TokenBindings.h"

#include <utility>

namespace gatehouse {

Result<std::monostate, OAuthError> AnswerMaker::admit(const Context& context,
                                                      const AuthorizationRequest& request,
                                                      std::string_view remoteAddress) const {
    const auto wait =
        request.type == nullptr || request.type->kinds.empty()
            ? std::nullopt
            : parts_.limits.request(context, parts_.records, request.client->id, remoteAddress);
    if (wait) {  // of the codes of RFC 6749 section 4.1.2.1 the one that is tried again
        return OAuthError::of(OAuthCode::temporarilyUnavailable,
                              "Too many requests, try again later");
    }
    return std::monostate{};
}

Result<AnswerMaker::Answer, OAuthError> AnswerMaker::make(const Wish& wish, Batch& batch) const {
    if (wish.request.isOwn()) {
        return Answer{{{"page", wish.request.page()}}, {}};
    }
    CodeGrant grant = grantedCode(wish.request, wish.who, wish.scopes, parts_.claims);
    if (wish.request.promise) {
        const auto kept = parts_.tickets.keep(wish.context, *wish.request.client,
                                              *wish.request.promise, grant, batch);
        return kept ? Result<Answer, OAuthError>(Answer{{{"decision", "allow"}}, {}})
                    : OAuthError::from(kept.error());
    }
    const auto& type = *wish.request.type;
    if (type.kinds.empty()) {
        return Answer{
            {{"code", parts_.tickets.issueCode(wish.context, *wish.request.client, grant, batch)}},
            {}};
    }
    auto bound = boundTo(wish, batch);
    if (!bound) {
        return bound.error();
    }
    grant.authorization.family = parts_.handles.selector();
    Answer answer;
    if (type.givesCode) {
        answer.parameters.emplace_back(
            "code", parts_.tickets.issueCode(wish.context, *wish.request.client, grant, batch));
    }
    Granted granted{
        {std::move(grant.authorization)}, {}, *std::move(bound), {}, wish.who.person.claims};
    MadeAnswer made({wish, parts_.tokens, granted, batch}, answer);
    for (const auto* kind : type.kinds) {
        const auto added =
            kind->ask([&](const ResponseType& plugin) { return plugin.addTo(made); });
        if (!added) {
            return added.error();
        }
    }
    return answer;
}

/// Nobody proves anything on the way of a browser: who has to is refused (RFC 9449 section 5).
Result<BoundTo, OAuthError> AnswerMaker::boundTo(const Wish& wish, Batch& batch) const {
    auto bound = parts_.bindings.bind(wish.context, {}, *wish.request.client);
    if (!bound) {
        return bound;
    }
    if (const auto used = parts_.bindings.useBefore(wish.context, bound->uses); !used) {
        return used.error();
    }
    for (const auto& use : bound->uses) {
        use.addTo(batch);
    }
    return bound;
}

void AnswerMaker::announce(const Context& context, std::vector<Event> tokens) const {
    for (auto& token : tokens) {
        parts_.tokens.announce(context, std::move(token));
    }
}

}  // namespace gatehouse
