// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/HttpModule.h>

namespace gatehouse {

class NeedsCore final : public HttpModule {
public:
    std::vector<Route> routes() override { return {}; }
};

constexpr const char* needs[] = {"core"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::NeedsCore, "needs_core", "1.0.0", "Wants what facades lend",
                 gatehouse::needs)
