// SPDX-License-Identifier: Apache-2.0
#include "facade/LentPeople.h"

#include "Services.h"
#include "client/ClientDirectory.h"
#include "client/ClientRules.h"
#include "login/ChosenPasswords.h"
#include "login/PasswordCheck.h"
#include "login/PersonDirectory.h"
#include "token/ClaimsPolicy.h"
#include "token/ClaimsSources.h"
#include "token/IssuedTokens.h"
#include "token/ResponseForms.h"

namespace gatehouse {

namespace {

Result<std::shared_ptr<const Client>> clientOf(const Services& core, const Context& context,
                                               const Authorization& authorization) {
    auto client = core.clients().find(context, authorization.clientId);
    return client && *client == nullptr
               ? Result<std::shared_ptr<const Client>>(Error::internal("the client is gone"))
               : client;
}

}  // namespace

Result<std::optional<User>> LentPeople::find(const Context& context, const Subject& subject) const {
    return core_.people().find(context, subject);
}

Result<std::optional<FoundUser>> LentPeople::findByLogin(const Context& context,
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
    auto names = core_.claims().claims();
    for (auto& name : core_.claimsSources().names()) {
        names.push_back(std::move(name));
    }
    return names;
}

std::vector<std::string> LentPeople::scopes() const {
    return core_.claims().scopes();
}

Result<ValueMap> LentPeople::userinfo(const Context& context, const User& person,
                                      const Authorization& authorization,
                                      const ScopeSet& scopes) const {
    ValueMap told = claims(person, scopes, ClaimTarget::userinfo, authorization.userinfoClaims);
    if (core_.claimsSources().empty()) {
        return told;
    }
    const auto client = clientOf(core_, context, authorization);
    if (!client) {
        return client.error();
    }
    auto added = core_.claimsSources().addTo(
        told, context,
        {**client, authorization.subject, scopes, person.claims, authorization.notes},
        ClaimsWanted::userinfo);
    return added ? Result<ValueMap>(std::move(told)) : added.error();
}

Result<std::optional<FoundUser>, OAuthError>
LentPeople::verify(const Context& context, const HttpRequest& request, std::string_view login,
                   const Secret& password, std::string_view by) const {
    return core_.passwords().verify(context, request, login, password, by);
}

Result<std::optional<FoundUser>> LentPeople::findByPassword(const Context& context,
                                                            std::string_view login,
                                                            const Secret& password) const {
    return core_.people().findByPassword(context, login, password);
}

Result<std::optional<std::string>> LentPeople::userinfoJwt(const Context& context,
                                                           const Authorization& authorization,
                                                           const ValueMap& claims) const {
    if (core_.responseForms().empty()) {
        return std::optional<std::string>();
    }
    const auto client = clientOf(core_, context, authorization);
    return client ? core_.responseForms().userinfo(context, **client, claims) : client.error();
}

std::vector<std::string> LentPeople::subjectTypes() const {
    return core_.clientRules().subjects().types();
}

Result<std::string> LentPeople::subFor(const Context& context, const Client& client,
                                       const Subject& subject) const {
    return core_.clientRules().subjects().told(context, client, subject);
}

Result<std::optional<Subject>> LentPeople::findByIdToken(const Context& context,
                                                         const Client& client,
                                                         std::string_view idToken) const {
    return core_.issued().personOf(context, client, idToken);
}

Result<std::string> LentPeople::passwordProblem(const Context& context, const User& person,
                                                const Secret& password) const {
    return core_.chosenPasswords().problem(context, person, password);
}

Result<std::string> LentPeople::choosePassword(const Context& context, const FoundUser& person,
                                               const Secret& password,
                                               std::string_view remoteAddress) const {
    return core_.chosenPasswords().choose(context, person, password, remoteAddress);
}

}  // namespace gatehouse
