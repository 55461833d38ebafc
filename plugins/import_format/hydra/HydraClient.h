// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>
#include <gatehouse/point/ImportFormat.h>

namespace gatehouse {

/// Takes an OAuth 2.0 client as Hydra's administration tells of it. `place` names one without an
/// id.
Status takeHydraClient(const ValueMap& client, const std::string& place, Arrivals& arrivals);

}  // namespace gatehouse
