// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

namespace gatehouse {

/// Starts well, tells its routes when it is checked, and throws when it is to serve them.
class ThrowingRoutes final : public HttpModule {
public:
    std::vector<Route> routes() override {
        if (isChecked_) {
            throw 7;
        }
        isChecked_ = true;
        return {};
    }

private:
    bool isChecked_ = false;
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::ThrowingRoutes, "throws_in_routes", "1.0.0", "Throws for its routes")
