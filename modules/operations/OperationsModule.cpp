// SPDX-License-Identifier: Apache-2.0
#include "json/Json.h"
#include "json/Members.h"
#include "web/Answer.h"
#include "web/CoreModule.h"

namespace gatehouse {

/// Owns /api/healthz (is the process alive), /api/readyz (should it get requests) and /metrics.
class OperationsModule final : public CoreModule {
public:
    std::vector<Route> routes() override {
        const Handler health = [](const Context&, const HttpRequest&) {
            return jsonAnswer(R"({"status":"ok"})");
        };
        const Handler ready = [this](const Context&, const HttpRequest&) {
            return readiness(core());
        };
        const Handler metrics = [this](const Context&, const HttpRequest& request) {
            return scrape(core(), request);
        };
        std::vector<Route> routes{{"GET", "/api/healthz", Lane::loop, health},
                                  {"GET", "/api/readyz", Lane::loop, ready}};
        if (!isStarted() || !core().exporters().empty()) {
            routes.push_back({"GET", "/metrics", Lane::admin, metrics});
        }
        return routes;
    }

private:
    static HttpResponse readiness(const Services& core) {
        const auto problems = core.problems();
        HttpResponse response =
            jsonAnswer(toJson(ValueMap{{"status", problems.empty() ? "ready" : "not ready"},
                                       {"problems", listOfTexts(problems)},
                                       {"sat_out", listOfTexts(core.satOut())}}));
        if (!problems.empty()) {
            response.status = 503;
            response.set("Retry-After", "1");
        }
        return response;
    }

    static HttpResponse scrape(const Services& core, const HttpRequest& request) {
        auto scraped = core.exporters().front()->scrape(core.metrics());
        if (!scraped) {
            return errorAnswer(OAuthError::from(scraped.error()), request);
        }
        HttpResponse response;
        response.set("Content-Type", scraped->contentType);
        response.set("Cache-Control", "no-store");
        response.body = std::move(scraped->body);
        return response;
    }
};

constexpr const char* needs[] = {"core"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::OperationsModule, "operations", "0.1.0",
                 "Health, readiness and metrics", gatehouse::needs)
