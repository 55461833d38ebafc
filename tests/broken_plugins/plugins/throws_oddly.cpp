// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

namespace gatehouse {

class Sink final : public PlainSink {
public:
    Status start() override { throw 7; }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Sink, "throws_oddly", "1.0.0", "Throws what is no exception")
