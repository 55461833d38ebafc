// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

BROKEN_PLUGIN("newer_sdk", broken.sdkMajor = gatehouse::sdkMajor + 2)
