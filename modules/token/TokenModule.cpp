// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/point/HttpModule.h>

#include "Services.h"
#include "TokenEndpoint.h"
#include "client/ClientAuthenticator.h"
#include "json/Members.h"
#include "token/TokenExchange.h"

namespace gatehouse {

/// Owns /api/oauth/token.
class TokenModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        core_ = &host_->one<Services>();
        return done();
    }
    std::vector<Route> routes() override {
        const TokenEndpoint endpoint(*core_);
        return {
            {"POST", "/api/oauth/token", Lane::protocol,
             [endpoint](const Context& context, const HttpRequest& request) {
                 return endpoint.post(context, request);
             }, true}
        };
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        metadata.set("token_endpoint", issuer.url + "/api/oauth/token");
        metadata.set("grant_types_supported", listOfTexts(core_->exchange().grantTypes()));
        metadata.set("token_endpoint_auth_methods_supported",
                     listOfTexts(core_->authenticator().methods()));
        const auto algorithms = core_->authenticator().signingAlgorithms();
        if (!algorithms.empty()) {
            metadata.set("token_endpoint_auth_signing_alg_values_supported",
                         listOfTexts(algorithms));
        }
    }

private:
    Host* host_ = nullptr;
    Services* core_ = nullptr;
};

constexpr const char* needs[] = {"core"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::TokenModule, "token", "0.1.0", "The token endpoint", gatehouse::needs)
