// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

extern "C" int gatehouse_absent();

BROKEN_PLUGIN("missing_library", broken.version = gatehouse_absent() == 0 ? "0" : "1")
