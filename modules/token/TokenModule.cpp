// SPDX-License-Identifier: Apache-2.0
#include "TokenEndpoint.h"
#include "client/ClientAuthenticator.h"
#include "json/Members.h"
#include "token/TokenExchange.h"
#include "web/CoreModule.h"

namespace gatehouse {

/// Owns /api/oauth/token.
class TokenModule final : public CoreModule {
public:
    std::vector<Route> routes() override {
        return {{"POST", "/api/oauth/token", Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     return TokenEndpoint(core()).post(context, request);
                 },
                 true}};
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        metadata.set("token_endpoint", issuer.url + "/api/oauth/token");
        metadata.set("grant_types_supported", listOfTexts(core().exchange().grantTypes(issuer)));
        metadata.set("token_endpoint_auth_methods_supported",
                     listOfTexts(core().authenticator().methods()));
        const auto algorithms = core().authenticator().signingAlgorithms();
        if (!algorithms.empty()) {
            metadata.set("token_endpoint_auth_signing_alg_values_supported",
                         listOfTexts(algorithms));
        }
    }
};

constexpr const char* needs[] = {"core", "client_auth", "grant", "token_format"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::TokenModule, "token", "0.1.0", "The token endpoint", gatehouse::needs)
