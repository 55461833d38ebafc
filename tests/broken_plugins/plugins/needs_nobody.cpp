// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

namespace gatehouse {
constexpr const char* needs[] = {"key_store"};
}

GATEHOUSE_PLUGIN(gatehouse::PlainSink, "needs_nobody", "1.0.0", "Needs a key store",
                 gatehouse::needs)
