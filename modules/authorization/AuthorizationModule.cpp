// SPDX-License-Identifier: Apache-2.0
#include "AuthorizationEndpoint.h"
#include "authorization/ResponseModes.h"
#include "json/Members.h"
#include "login/LoginFlow.h"
#include "page/PageRenderer.h"
#include "token/TokenExchange.h"
#include "web/CoreModule.h"

namespace gatehouse {

/// Owns /api/oauth/authorize.
class AuthorizationModule final : public CoreModule {
public:
    std::vector<Route> routes() override {
        const Handler get = [this](const Context& context, const HttpRequest& request) {
            return AuthorizationEndpoint(core()).get(context, request);
        };
        const Handler post = [this](const Context& context, const HttpRequest& request) {
            return AuthorizationEndpoint(core()).post(context, request);
        };
        return {{"GET", "/api/oauth/authorize", Lane::people, get},
                {"POST", "/api/oauth/authorize", Lane::people, post}};
    }
    /// RFC 8414 section 2: an endpoint that no grant uses is left out. So is
    /// response_types_supported, which would be an empty list, and section 3.2 has none of those.
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        if (!core().exchange().hasGrant(issuer, "authorization_code")) {
            return;
        }
        metadata.set("authorization_endpoint", issuer.url + "/api/oauth/authorize");
        metadata.set("response_types_supported", ValueList{"code"});
        metadata.set("response_modes_supported", listOfTexts(core().responseModes().names()));
        metadata.set("code_challenge_methods_supported", ValueList{"S256"});
        metadata.set("display_values_supported", ValueList{"page"});
        metadata.set("acr_values_supported", listOfTexts(core().login().acrValues()));
        metadata.set("ui_locales_supported", listOfTexts(core().pages(issuer).languages()));
        metadata.set("claims_parameter_supported", true);
        metadata.set("request_parameter_supported", false);
        metadata.set("request_uri_parameter_supported", false);
        metadata.set("authorization_response_iss_parameter_supported", true);
    }
};

constexpr const char* needs[] = {"core", "pages", "module.login"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::AuthorizationModule, "authorization", "0.1.0",
                 "Authorization codes for people at a browser", gatehouse::needs)
