// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "DetailType.h"

#include <string_view>

namespace gatehouse {

/// What the consent page shows of a detail, as ConsentNote::shown() says: the operator's sentence
/// with members put in, where all of these are there, and every other member in a row. `type`: null
/// where the operator has taken it away.
ValueMap detailView(const ValueMap& detail, const DetailType* type, std::string_view language);

}  // namespace gatehouse
