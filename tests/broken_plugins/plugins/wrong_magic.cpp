// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

BROKEN_PLUGIN("wrong_magic", broken.magic = 0x12345678)
