// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

#include "IntrospectionEndpoint.h"
#include "RevocationEndpoint.h"
#include "json/Members.h"

#include <algorithm>
#include <optional>

namespace gatehouse {

/// Owns /api/oauth/introspect and /api/oauth/revoke.
class IntrospectionModule final : public HttpModule {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        trusted_ = config.list("trusted_clients");
        return done();
    }
    Status start() override {
        introspection_.emplace(*host_, trusted_);
        revocation_.emplace(*host_);
        return done();
    }
    std::vector<Route> routes() override {
        return {{"POST", "/api/oauth/introspect", Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     return introspection_->post(context, request);
                 }},
                {"POST", "/api/oauth/revoke", Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     return revocation_->post(context, request);
                 },
                 true}};
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        const auto& clients = host_->one<Clients>();
        auto methods = clients.authMethods();
        metadata.set("revocation_endpoint", issuer.url + "/api/oauth/revoke");
        metadata.set("revocation_endpoint_auth_methods_supported", listOfTexts(methods));
        methods.erase(std::remove(methods.begin(), methods.end(), "none"), methods.end());
        metadata.set("introspection_endpoint", issuer.url + "/api/oauth/introspect");
        metadata.set("introspection_endpoint_auth_methods_supported", listOfTexts(methods));
        const auto algorithms = clients.authAlgorithms();
        if (!algorithms.empty()) {
            metadata.set("revocation_endpoint_auth_signing_alg_values_supported",
                         listOfTexts(algorithms));
            metadata.set("introspection_endpoint_auth_signing_alg_values_supported",
                         listOfTexts(algorithms));
        }
    }

private:
    Host* host_ = nullptr;
    std::vector<std::string> trusted_;
    std::optional<IntrospectionEndpoint> introspection_;
    std::optional<RevocationEndpoint> revocation_;
};

constexpr Field fields[] = {
    {"trusted_clients", Kind::list, optional,
     "clients that may introspect every access token: gateways that stand before several APIs. "
     "Others are told of those "
     "that they got themselves, that are for them, or for a resource that names them"},
};

constexpr const char* needs[] = {"clients", "tokens", "client_auth", "token_format"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::IntrospectionModule, "introspection", "0.1.0",
                 "Token introspection and revocation", gatehouse::fields, gatehouse::needs)
