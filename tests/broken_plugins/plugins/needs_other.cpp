// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

namespace gatehouse {
constexpr const char* needs[] = {"event_sink.sound"};
}

GATEHOUSE_PLUGIN(gatehouse::PlainSink, "needs_other", "1.0.0", "Is no good without another plugin",
                 gatehouse::needs)
