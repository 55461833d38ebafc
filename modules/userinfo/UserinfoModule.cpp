// SPDX-License-Identifier: Apache-2.0
#include "UserinfoEndpoint.h"
#include "json/Members.h"
#include "token/ClaimsPolicy.h"
#include "web/CoreModule.h"

namespace gatehouse {

/// Owns /api/oauth/userinfo.
class UserinfoModule final : public CoreModule {
public:
    std::vector<Route> routes() override {
        const Handler handler = [this](const Context& context, const HttpRequest& request) {
            return UserinfoEndpoint(core()).answer(context, request);
        };
        return {{"GET", "/api/oauth/userinfo", Lane::people, handler, true},
                {"POST", "/api/oauth/userinfo", Lane::people, handler, true}};
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        metadata.set("userinfo_endpoint", issuer.url + "/api/oauth/userinfo");
        metadata.set("claims_supported", listOfTexts(core().claims().claims()));
        metadata.set("claim_types_supported", ValueList{"normal"});
    }
};

constexpr const char* needs[] = {"core", "token_format", "user_store"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::UserinfoModule, "userinfo", "0.1.0",
                 "Claims about the person a token speaks of", gatehouse::needs)
