// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/facade/Tokens.h>

#include "Broken.h"

BROKEN_PLUGIN("kernels_point", broken.point = gatehouse::Tokens::point)
