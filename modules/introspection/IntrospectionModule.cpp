// SPDX-License-Identifier: Apache-2.0
#include "IntrospectionEndpoint.h"
#include "RevocationEndpoint.h"
#include "client/ClientAuthenticator.h"
#include "json/Members.h"
#include "web/CoreModule.h"

#include <algorithm>

namespace gatehouse {

/// Owns /api/oauth/introspect and /api/oauth/revoke.
class IntrospectionModule final : public CoreModule {
public:
    std::vector<Route> routes() override {
        return {{"POST", "/api/oauth/introspect", Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     return IntrospectionEndpoint(core()).post(context, request);
                 }},
                {"POST", "/api/oauth/revoke", Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     return RevocationEndpoint(core()).post(context, request);
                 },
                 true}};
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        auto methods = core().authenticator().methods();
        metadata.set("revocation_endpoint", issuer.url + "/api/oauth/revoke");
        metadata.set("revocation_endpoint_auth_methods_supported", listOfTexts(methods));
        methods.erase(std::remove(methods.begin(), methods.end(), "none"), methods.end());
        metadata.set("introspection_endpoint", issuer.url + "/api/oauth/introspect");
        metadata.set("introspection_endpoint_auth_methods_supported", listOfTexts(methods));
        const auto algorithms = core().authenticator().signingAlgorithms();
        if (!algorithms.empty()) {
            metadata.set("revocation_endpoint_auth_signing_alg_values_supported",
                         listOfTexts(algorithms));
            metadata.set("introspection_endpoint_auth_signing_alg_values_supported",
                         listOfTexts(algorithms));
        }
    }
};

constexpr const char* needs[] = {"core", "client_auth", "token_format"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::IntrospectionModule, "introspection", "0.1.0",
                 "Token introspection and revocation", gatehouse::needs)
