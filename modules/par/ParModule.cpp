// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

#include "ParMembers.h"
#include "PushEndpoint.h"

#include <optional>

namespace gatehouse {

namespace {

constexpr const char* path = "/api/oauth/par";

}  // namespace

/// Owns /api/oauth/par: pushed authorization requests (RFC 9126).
class ParModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        for (const auto& named : host_->all<RequestSource>()) {
            if (const auto* pushed = dynamic_cast<PushedRequests*>(named.plugin)) {
                pushed_ = pushed;
                endpoint_.emplace(*host_, *pushed);
            }
        }
        return endpoint_ ? done()
                         : Error::badInput("request_source.par is not the one that comes with this "
                                           "module: take the plugin that has its name away");
    }
    std::vector<Route> routes() override {
        return {{"POST", path, Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     return endpoint_->post(context, request);
                 },
                 true}};
    }
    /// RFC 9126 section 5; RFC 8414 section 2: an endpoint that no grant uses is left out.
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        if (!host_->one<Requests>().metadata(issuer).empty()) {
            metadata.set("pushed_authorization_request_endpoint", issuer.url + path);
            metadata.set("require_pushed_authorization_requests", pushed_->isRequired());
        }
    }

private:
    Host* host_ = nullptr;
    const PushedRequests* pushed_ = nullptr;  ///< of the same library
    std::optional<PushEndpoint> endpoint_;
};

constexpr const char* needs[] = {"clients",
                                 "client_auth",
                                 "requests",
                                 "tokens",
                                 "request_source",
                                 "request_source.par",
                                 "module.authorization"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::ParModule, "par", "0.1.0", "Pushed authorization requests",
                   gatehouse::needs)
GATEHOUSE_LIBRARY(gatehouse::ParModule, gatehouse::PushedRequests, gatehouse::ParMembers)
