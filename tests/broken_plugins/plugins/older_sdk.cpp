// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

// Compiled against headers of the version before: see CMakeLists.txt.
GATEHOUSE_PLUGIN(gatehouse::PlainSink, "older_sdk", "1.0.0", "Hears nothing")
