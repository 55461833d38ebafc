// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include "Connection.h"

#include <cstddef>
#include <vector>

namespace gatehouse {

/// Records of all issuers and kinds, in the order of kind and key, those behind `after`; at most
/// `limit`. Throws PostgresFailure.
std::vector<Record> recordsBehind(Connection& connection, const RecordKey& after,
                                  std::size_t limit);

}  // namespace gatehouse
