// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

#include "DemoSite.h"

#include <memory>

namespace gatehouse {

/// Owns /demo: a page to try a login on. For evaluation; a client whose redirect URI is
/// ISSUER/demo/callback must be registered for it.
class DemoModule final : public HttpModule {
public:
    Status configure(const Config& config, Host& host) override {
        settings_.clientId = config.text("client_id");
        settings_.clientSecret = config.secret("client_secret");
        settings_.scope = config.text("scope");
        host_ = &host;
        return done();
    }
    Status start() override {
        site_ = std::make_unique<DemoSite>(*host_, settings_);
        return done();
    }
    void stop() noexcept override { site_.reset(); }

    std::vector<Route> routes() override {
        std::vector<Route> routes{route("/demo", &DemoSite::show),
                                  route("/demo/login", &DemoSite::begin),
                                  route("/demo/callback", &DemoSite::callback)};
        routes.back().hasEffects = true;  // it redeems the code
        return routes;
    }

private:
    Route route(std::string path,
                HttpResponse (DemoSite::*answer)(const Context&, const HttpRequest&) const) const {
        return {"GET", std::move(path), Lane::people,
                [this, answer](const Context& context, const HttpRequest& request) {
                    return (site_.get()->*answer)(context, request);
                }};
    }

    Host* host_ = nullptr;
    DemoSettings settings_;
    std::unique_ptr<DemoSite> site_;
};

constexpr Field fields[] = {
    {"client_id", Kind::text, required, "client the demo page acts for"},
    {"client_secret", Kind::secret, optional, "its secret; without one it is a public client"},
    {"scope", Kind::text, byDefault("openid profile email"), "what it asks for"},
};

constexpr const char* needs[] = {"clients", "pages", "people", "tokens", "discovery", "key_store"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::DemoModule, "demo", "0.1.0", "A page to try a login on",
                 gatehouse::fields, gatehouse::needs)
