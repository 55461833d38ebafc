// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

#include <stdexcept>

namespace gatehouse {

/// Starts well, and throws at each request.
class ThrowingModule final : public HttpModule {
public:
    std::vector<Route> routes() override {
        return {{"GET", "/throw", Lane::protocol,
                 [](const Context&, const HttpRequest&) -> HttpResponse {
                     throw std::runtime_error("lost my head");
                 }}};
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::ThrowingModule, "throws_while_serving", "1.0.0",
                 "Throws at each request")
