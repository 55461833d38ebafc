// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>

#include "config/Configuration.h"

#include <vector>

namespace gatehouse {

/// The issuers a configuration names. An unusable URL (RFC 8414 section 2) is added to `problems`.
std::vector<Issuer> issuersOf(const Configuration& configuration, Problems& problems);

}  // namespace gatehouse
