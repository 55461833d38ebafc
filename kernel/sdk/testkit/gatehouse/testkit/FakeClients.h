// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Clients.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Knows one client, which proves itself by the header "Authorization: Basic proof". Adds
/// no other.
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

    bool isOwnWord(std::string_view member) const override {
        return member == "client_name" || member == "redirect_uris" || member == "grant_types" ||
               member == "scope";
    }
    /// Whatever it is, it becomes the one client.
    Result<NewClient> enroll(const Context& context, const SelfRegistration& wish) const override {
        return answer(context, wish);
    }
    Result<std::optional<StoredClient>> read(const Context& context,
                                             std::string_view clientId) const override {
        return backend_.answer(context, clientId == client.id
                                            ? std::optional(StoredClient{client, 1})
                                            : std::optional<StoredClient>());
    }
    Result<NewClient> replace(const Context& context, const StoredClient&,
                              const SelfRegistration& wish) const override {
        return answer(context, wish);
    }
    ValueMap describe(const Client& told) const override { return {{"client_id", told.id}}; }

    /// Those in its metadata.
    Result<std::shared_ptr<const Value>> keys(const Context& context, const Client& asked,
                                              std::string_view /*kid*/) const override {
        const Value* jwks = asked.metadata.find("jwks");
        return backend_.answer(context, jwks == nullptr ? std::shared_ptr<const Value>()
                                                        : std::make_shared<const Value>(*jwks));
    }
    Result<std::shared_ptr<const Client>> registered(const Context& context,
                                                     std::string_view clientId) const override {
        return find(context, clientId);
    }

    Client client;

private:
    Result<NewClient> answer(const Context& context, const SelfRegistration& wish) const {
        NewClient made{client, Secret("a secret")};
        made.client.kept = wish.kept;
        return backend_.answer(context, std::move(made));
    }
    static Error refused() { return Error::badInput("client_id: the fake registers nothing"); }

    const FakeBackend& backend_;
};

}  // namespace gatehouse::testkit
