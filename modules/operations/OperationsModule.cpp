// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/ServerState.h>
#include <gatehouse/point/HttpModule.h>

#include "json/Members.h"

namespace gatehouse {

/// Owns /api/healthz (is the process alive), /api/readyz (should it get requests) and /metrics.
class OperationsModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    Status start() override {
        server_ = &host_->one<ServerState>();
        return done();
    }
    std::vector<Route> routes() override {
        const Handler health = [this](const Context&, const HttpRequest&) {
            return host_->web().json(R"({"status":"ok"})");
        };
        const Handler ready = [this](const Context&, const HttpRequest&) { return readiness(); };
        const Handler metrics = [this](const Context&, const HttpRequest& request) {
            return scrape(request);
        };
        std::vector<Route> routes{{"GET", "/api/healthz", Lane::loop, health},
                                  {"GET", "/api/readyz", Lane::loop, ready}};
        if (server_ == nullptr || server_->hasMetrics()) {
            routes.push_back({"GET", "/metrics", Lane::admin, metrics});
        }
        return routes;
    }

private:
    HttpResponse readiness() const {
        const auto problems = server_->problems();
        HttpResponse response = host_->web().json(
            host_->web().toJson(ValueMap{{"status", problems.empty() ? "ready" : "not ready"},
                                         {"problems", listOfTexts(problems)},
                                         {"sat_out", listOfTexts(server_->satOut())}}));
        if (!problems.empty()) {
            response.status = 503;
            response.set("Retry-After", "1");
        }
        return response;
    }

    HttpResponse scrape(const HttpRequest& request) const {
        auto scraped = server_->scrape();
        if (!scraped) {
            return host_->web().error(OAuthError::from(scraped.error()), request);
        }
        HttpResponse response;
        response.set("Content-Type", scraped->contentType);
        response.set("Cache-Control", "no-store");
        response.body = std::move(scraped->body);
        return response;
    }

    Host* host_ = nullptr;
    const ServerState* server_ = nullptr;
};

constexpr const char* needs[] = {"server_state"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::OperationsModule, "operations", "0.1.0",
                 "Health, readiness and metrics", gatehouse::needs)
