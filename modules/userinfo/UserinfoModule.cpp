// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

#include "UserinfoEndpoint.h"
#include "json/Members.h"

#include <optional>

namespace gatehouse {

/// Owns /api/oauth/userinfo.
class UserinfoModule final : public HttpModule {
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
        const Handler handler = [this](const Context& context, const HttpRequest& request) {
            return endpoint_->answer(context, request);
        };
        return {{"GET", "/api/oauth/userinfo", Lane::people, handler, true},
                {"POST", "/api/oauth/userinfo", Lane::people, handler, true}};
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        metadata.set("userinfo_endpoint", issuer.url + "/api/oauth/userinfo");
        metadata.set("claims_supported", listOfTexts(host_->one<People>().claimNames()));
        metadata.set("claim_types_supported", ValueList{"normal"});
    }

private:
    Host* host_ = nullptr;
    std::optional<UserinfoEndpoint> endpoint_;
};

constexpr const char* needs[] = {"tokens", "people", "token_format", "user_store"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::UserinfoModule, "userinfo", "0.1.0",
                 "Claims about the person a token speaks of", gatehouse::needs)
