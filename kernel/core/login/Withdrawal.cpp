// SPDX-License-Identifier: Apache-2.0
#include "login/Withdrawal.h"

#include "login/ConsentService.h"
#include "token/FamilyBook.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

/// None stands for all.
bool concerns(const ScopeSet& scopes, const ScopeSet& given) {
    return scopes.empty() || std::any_of(scopes.begin(), scopes.end(),
                                         [&](const auto& scope) { return given.contains(scope); });
}

}  // namespace

/// The consent first: whoever is refused a token asks again, and must not be answered by it.
Result<bool> Withdrawal::run(const Context& context, std::string_view sub,
                             std::string_view clientId, const ScopeSet& scopes,
                             std::string_view remoteAddress) const {
    const auto withdrawn = consents_.withdraw(context, sub, clientId, scopes);
    if (!withdrawn) {
        return withdrawn.error();
    }
    const auto ended = endFamilies(context, sub, clientId, scopes);
    if (!ended) {
        return ended.error();
    }
    if (!*withdrawn && !*ended) {
        return false;
    }
    Event event;
    event.type = "consent.withdrawn";
    event.clientId = clientId;
    event.subject = sub;
    event.remoteAddress = remoteAddress;
    if (!scopes.empty()) {
        event.details.set("scope", scopes.text());
    }
    host_.events().publish(context, std::move(event));
    return true;
}

Result<bool> Withdrawal::endFamilies(const Context& context, std::string_view sub,
                                     std::string_view clientId, const ScopeSet& scopes) const {
    bool isAny = false;
    const auto ended = families_.forEachOf(context, sub, [&](const Family& family) {
        const auto& given = family.authorization;
        if (given.clientId != clientId || !concerns(scopes, given.scopes)) {
            return done();
        }
        isAny = true;
        return families_.revoke(context, given.family);
    });
    return ended ? Result<bool>(isAny) : ended.error();
}

}  // namespace gatehouse
