// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Clients.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::testkit {

/// Knows one client, which proves itself by the header "Authorization: Basic proof". Registers
/// nothing.
class FakeClients final : public Clients {
public:
    /// The backend must outlive this.
    explicit FakeClients(const FakeBackend& backend) : backend_(backend) {
        client.id = "shop";
        client.authMethod = "client_secret_basic";
        client.grantTypes = {"authorization_code"};
        client.redirectUris = {"https://shop.example/callback"};
    }

    Result<AuthenticatedClient, OAuthError>
    authenticate(const Context& context, const HttpRequest& request, const Form&) const override {
        if (const auto failure = backend_.trouble(context)) {
            return OAuthError::from(*failure);
        }
        if (request.header("authorization") != "Basic proof") {
            return OAuthError::of(OAuthCode::invalidClient, "Client authentication failed");
        }
        return AuthenticatedClient{std::make_shared<const Client>(client), true};
    }
    Result<std::shared_ptr<const Client>> find(const Context& context,
                                               std::string_view clientId) const override {
        return backend_.answer(context, clientId == client.id
                                            ? std::make_shared<const Client>(client)
                                            : std::shared_ptr<const Client>());
    }
    std::vector<std::string> authMethods() const override { return {client.authMethod, "none"}; }
    std::vector<std::string> authAlgorithms() const override { return {"ES256"}; }
    Result<NewClient> add(const Context&, const ValueMap&) const override { return refused(); }
    Result<Client> update(const Context&, std::string_view, const ValueMap&) const override {
        return refused();
    }
    Status remove(const Context&, std::string_view) const override { return refused(); }

    Client client;

private:
    static Error refused() { return Error::badInput("client_id: the fake registers nothing"); }

    const FakeBackend& backend_;
};

}  // namespace gatehouse::testkit
