// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/point/HttpModule.h>

namespace gatehouse {

/// Nothing wrong with it: each request is an audit event.
class PublishingModule final : public HttpModule {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }
    std::vector<Route> routes() override {
        return {{"GET", "/publish", Lane::protocol, [this](const Context& context, const auto&) {
                     Event event;
                     event.type = "page.asked";
                     host_->events().publish(context, std::move(event));
                     return HttpResponse{};
                 }}};
    }

private:
    Host* host_ = nullptr;
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::PublishingModule, "publishes", "1.0.0", "Publishes an event")
