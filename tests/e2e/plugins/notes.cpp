// SPDX-License-Identifier: Apache-2.0
// Lets a story see what an authorization keeps.
#include <gatehouse/Host.h>
#include <gatehouse/Web.h>
#include <gatehouse/facade/Tokens.h>
#include <gatehouse/point/HttpModule.h>

namespace {

using namespace gatehouse;

class Notes final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    std::vector<Route> routes() override {
        return {{"POST", "/notes", Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     const auto form = host_->web().form(request);
                     const auto& tokens = host_->one<Tokens>();
                     const auto claim = tokens.inspect(context, form->text("token"));
                     const auto kept = tokens.authorizationOf(context, **claim);
                     return host_->web().json(host_->web().toJson((*kept)->notes));
                 }}};
    }

private:
    Host* host_ = nullptr;
};

constexpr const char* needs[] = {"tokens"};

}  // namespace

GATEHOUSE_PLUGIN(Notes, "notes", "1.0.0", "Tells what an authorization keeps", needs)
