// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

#include <stdexcept>

namespace gatehouse {

class Sink final : public PlainSink {
public:
    Status start() override { throw std::runtime_error("port is taken"); }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Sink, "throws_in_start", "1.0.0", "Throws when started")
