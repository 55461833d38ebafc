// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

BROKEN_PLUGIN(
    "null_from_create", broken.create = []() -> gatehouse::Plugin* { return nullptr; })
