// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

BROKEN_PLUGIN("wrong_name", broken.name = "another_name")
