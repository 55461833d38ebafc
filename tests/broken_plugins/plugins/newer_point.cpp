// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

BROKEN_PLUGIN("newer_point", broken.point.version = 2)
