// SPDX-License-Identifier: Apache-2.0
#include "facade/LentClients.h"

#include "Services.h"
#include "authorization/ResponseTypes.h"
#include "client/ClientAuthenticator.h"
#include "client/ClientDirectory.h"
#include "client/ClientEditor.h"
#include "client/ClientRules.h"
#include "client/OwnWords.h"

namespace gatehouse {

Result<AuthenticatedClient, OAuthError> LentClients::authenticate(const Context& context,
                                                                  const HttpRequest& request,
                                                                  const Form& form) const {
    return core_.authenticator().authenticate(context, request, form);
}

Result<std::shared_ptr<const Client>> LentClients::find(const Context& context,
                                                        std::string_view clientId) const {
    return core_.clients().find(context, clientId);
}

std::vector<std::string> LentClients::authMethods() const {
    return core_.authenticator().methods();
}

std::vector<std::string> LentClients::authAlgorithms() const {
    return core_.authenticator().signingAlgorithms();
}

Result<NewClient> LentClients::add(const Context& context, const ValueMap& metadata) const {
    return core_.clientEditor().add(context, metadata);
}

Result<Client> LentClients::update(const Context& context, std::string_view clientId,
                                   const ValueMap& changes) const {
    return core_.clientEditor().update(context, clientId, changes);
}

Status LentClients::remove(const Context& context, std::string_view clientId) const {
    return core_.clientEditor().remove(context, clientId);
}

bool LentClients::isOwnWord(std::string_view member) const {
    return gatehouse::isOwnWord(core_.clientRules(), member);
}

Result<NewClient> LentClients::enroll(const Context& context, const SelfRegistration& wish) const {
    const auto offered = core_.responseTypes().check(context.issuer, wish.metadata);
    return offered ? core_.clientEditor().enroll(context, wish) : offered.error();
}

Result<std::optional<StoredClient>> LentClients::read(const Context& context,
                                                      std::string_view clientId) const {
    return core_.clientEditor().read(context, clientId);
}

Result<NewClient> LentClients::replace(const Context& context, const StoredClient& before,
                                       const SelfRegistration& wish) const {
    const auto offered = core_.responseTypes().check(context.issuer, wish.metadata);
    return offered ? core_.clientEditor().replace(context, before, wish) : offered.error();
}

ValueMap LentClients::describe(const Client& client) const {
    return selfDescription(core_.clientRules(), client);
}

Result<std::shared_ptr<const Value>> LentClients::keys(const Context& context, const Client& client,
                                                       std::string_view kid) const {
    return core_.clientRules().keys(context, client, kid);
}

Result<std::shared_ptr<const Client>> LentClients::registered(const Context& context,
                                                              std::string_view clientId) const {
    return core_.clients().read(context, clientId);
}

}  // namespace gatehouse
