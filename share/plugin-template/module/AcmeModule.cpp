// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/point/HttpModule.h>

namespace {

using namespace gatehouse;

/// Answers GET /api/acme.
class AcmeModule final : public HttpModule {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        greeting_ = config.text("greeting");
        return done();
    }
    std::vector<Route> routes() override {
        return {{"GET", "/api/acme", Lane::protocol,
                 [this](const Context&, const HttpRequest&) { return greet(); }}};
    }

private:
    HttpResponse greet() const {
        const Web& web = host_->web();
        return web.json(web.toJson(ValueMap{{"greeting", greeting_}}));
    }

    Host* host_ = nullptr;
    std::string greeting_;
};

constexpr Field fields[] = {
    {"greeting", Kind::text, byDefault("Hello"), "what the endpoint says"},
};

}  // namespace

GATEHOUSE_PLUGIN(AcmeModule, "acme", "1.0.0", "An endpoint of Acme's", fields)
