// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

BROKEN_PLUGIN("unknown_point",
              broken.point = (gatehouse::Point{"frobnicator", 1, gatehouse::Cardinality::many}))
