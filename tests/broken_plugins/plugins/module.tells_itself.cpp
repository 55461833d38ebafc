// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Config.h>
#include <gatehouse/point/HttpModule.h>

namespace gatehouse {

class TellsItselfModule final : public HttpModule {
public:
    Status configure(const Config& config, Host& /*host*/) override {
        name_ = config.instance();
        return done();
    }
    std::vector<Route> routes() override { return {}; }
    void describe(const Issuer& /*issuer*/, ValueMap& metadata) const override {
        metadata.set("service_documentation", "https://docs.example/" + name_);
    }

private:
    std::string name_;
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::TellsItselfModule, "tells_itself", "1.0.0", "Says what another says")
