// SPDX-License-Identifier: Apache-2.0
#include "Broken.h"

BROKEN_PLUGIN("other_build", broken.buildTag = "itanium libstdc++ cxx11=0 debug=0 lp64")
