// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Clients.h>

namespace gatehouse {

class Services;

/// See Clients.
class LentClients final : public Clients {
public:
    explicit LentClients(Services& core) : core_(core) {}

    Result<AuthenticatedClient, OAuthError> authenticate(const Context& context,
                                                         const HttpRequest& request,
                                                         const Form& form) const override;
    Result<std::shared_ptr<const Client>> find(const Context& context,
                                               std::string_view clientId) const override;
    std::vector<std::string> authMethods() const override;
    std::vector<std::string> authAlgorithms() const override;
    Result<NewClient> add(const Context& context, const ValueMap& metadata) const override;
    Result<Client> update(const Context& context, std::string_view clientId,
                          const ValueMap& changes) const override;
    Status remove(const Context& context, std::string_view clientId) const override;
    bool isOwnWord(std::string_view member) const override;
    Result<NewClient> enroll(const Context& context, const SelfRegistration& wish) const override;
    Result<std::optional<StoredClient>> read(const Context& context,
                                             std::string_view clientId) const override;
    Result<NewClient> replace(const Context& context, const StoredClient& before,
                              const SelfRegistration& wish) const override;
    ValueMap describe(const Client& client) const override;
    Result<std::shared_ptr<const Value>> keys(const Context& context, const Client& client,
                                              std::string_view kid) const override;
    Result<std::shared_ptr<const Client>> registered(const Context& context,
                                                     std::string_view clientId) const override;

private:
    Services& core_;
};

}  // namespace gatehouse
