// SPDX-License-Identifier: Apache-2.0
#include "facade/LentPeople.h"

#include "Services.h"
#include "login/PersonDirectory.h"
#include "token/ClaimsPolicy.h"

namespace gatehouse {

Result<std::optional<User>> LentPeople::find(const Context& context, const Subject& subject) const {
    return core_.people().find(context, subject);
}

std::optional<FoundUser> LentPeople::findByLogin(const Context& context,
                                                 std::string_view login) const {
    return core_.people().findByLogin(context, login);
}

UserEditor* LentPeople::editor(const Issuer& issuer, std::string_view store) const {
    const auto found = core_.people().store(issuer, store);
    return found.plugin == nullptr ? nullptr : found.plugin->editor();
}

ValueMap LentPeople::claims(const User& person, const ScopeSet& scopes, ClaimTarget target,
                            const ValueMap& requested) const {
    ValueMap claims = core_.claims().told(person.claims, scopes, target);
    for (const auto& [name, value] : core_.claims().asked(person.claims, requested)) {
        claims.set(name, value);
    }
    return claims;
}

std::vector<std::string> LentPeople::claimNames() const {
    return core_.claims().claims();
}

std::vector<std::string> LentPeople::scopes() const {
    return core_.claims().scopes();
}

}  // namespace gatehouse
