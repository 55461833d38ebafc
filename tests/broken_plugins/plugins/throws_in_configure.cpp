// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

#include <stdexcept>

namespace gatehouse {

class Sink final : public PlainSink {
public:
    Status configure(const Config& /*config*/, Host& /*host*/) override {
        throw std::runtime_error("cannot read");
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Sink, "throws_in_configure", "1.0.0", "Throws when configured")
