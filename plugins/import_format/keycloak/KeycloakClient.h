// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>
#include <gatehouse/point/ImportFormat.h>

namespace gatehouse {

/// Takes one of the `clients` of a realm (ClientRepresentation). `place` names one without an id.
Status takeKeycloakClient(const ValueMap& client, const std::string& place, Arrivals& arrivals);

}  // namespace gatehouse
