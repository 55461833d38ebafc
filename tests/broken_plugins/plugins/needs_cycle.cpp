// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

namespace gatehouse {
constexpr const char* needs[] = {"metrics"};
}

GATEHOUSE_PLUGIN(gatehouse::PlainSink, "needs_cycle", "1.0.0", "Half of a circle", gatehouse::needs)
