// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

#include "LogoutEndpoint.h"

#include <optional>

namespace gatehouse {

/// Owns /logout: the end_session_endpoint, and where people sign out by themselves.
class LogoutModule final : public HttpModule {
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
        std::vector<Route> routes{route("GET", LogoutEndpoint::path, &LogoutEndpoint::get),
                                  route("POST", LogoutEndpoint::path, &LogoutEndpoint::post),
                                  route("GET", Elsewhere::backPath, &LogoutEndpoint::back)};
        routes.front().hasEffects = true;
        return routes;
    }
    /// OpenID Connect RP-Initiated Logout section 2.1.
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        metadata.set("end_session_endpoint", issuer.url + LogoutEndpoint::path);
    }

private:
    Route route(std::string method, const char* path,
                HttpResponse (LogoutEndpoint::*answer)(const Context&, const HttpRequest&)
                    const) const {
        return {std::move(method), path, Lane::people,
                [this, answer](const Context& context, const HttpRequest& request) {
                    return ((*endpoint_).*answer)(context, request);
                }};
    }

    Host* host_ = nullptr;
    std::optional<LogoutEndpoint> endpoint_;
};

constexpr const char* needs[] = {"clients", "login_step", "people", "sessions", "pages"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::LogoutModule, "logout", "0.1.0",
                 "People sign out, by themselves or sent by a site", gatehouse::needs)
