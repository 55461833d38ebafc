// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

namespace gatehouse {

constexpr Field fields[] = {{"target", Kind::text, required, "where events go"}};

class Sink final : public PlainSink {
public:
    Status configure(const Config& config, Host& /*host*/) override {
        return Error::badInput(config.place("target") + ": \"" + config.text("target") +
                               "\" is nowhere");
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Sink, "refuses_configure", "1.0.0", "Likes no setting",
                 gatehouse::fields)
