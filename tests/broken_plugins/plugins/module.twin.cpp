// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

namespace gatehouse {

/// Wants what is another's: a URL, and the name of the server.
class TwinModule final : public HttpModule {
public:
    std::vector<Route> routes() override {
        return {{"GET", "/throw", Lane::protocol,
                 [](const Context&, const HttpRequest&) { return HttpResponse{}; }}};
    }
    void describe(const Issuer& /*issuer*/, ValueMap& metadata) const override {
        metadata.set("issuer", "https://elsewhere.example");
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::TwinModule, "twin", "1.0.0", "Wants what is another's")
