// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

#include <stdexcept>

namespace gatehouse {

class Sink final : public PlainSink {
public:
    Sink() { throw std::runtime_error("no luck today"); }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Sink, "throws_in_create", "1.0.0", "Throws when made")
