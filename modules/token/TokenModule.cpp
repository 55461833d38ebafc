// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

#include "TokenEndpoint.h"
#include "json/Members.h"

#include <optional>

namespace gatehouse {

/// Owns /api/oauth/token.
class TokenModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        endpoint_.emplace(*host_);
        return done();
    }
    std::vector<Route> routes() override {
        return {{"POST", "/api/oauth/token", Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     return endpoint_->post(context, request);
                 },
                 true}};
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        const auto& clients = host_->one<Clients>();
        metadata.set("token_endpoint", issuer.url + "/api/oauth/token");
        metadata.set("grant_types_supported", listOfTexts(host_->one<Tokens>().grantTypes(issuer)));
        metadata.set("token_endpoint_auth_methods_supported", listOfTexts(clients.authMethods()));
        const auto algorithms = clients.authAlgorithms();
        if (!algorithms.empty()) {
            metadata.set("token_endpoint_auth_signing_alg_values_supported",
                         listOfTexts(algorithms));
        }
    }

private:
    Host* host_ = nullptr;
    std::optional<TokenEndpoint> endpoint_;
};

constexpr const char* needs[] = {"clients", "tokens", "client_auth", "grant", "token_format"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::TokenModule, "token", "0.1.0", "The token endpoint", gatehouse::needs)
