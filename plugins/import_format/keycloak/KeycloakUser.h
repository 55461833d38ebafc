// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>
#include <gatehouse/point/ImportFormat.h>

namespace gatehouse {

/// Takes one of the `users` of a realm (UserRepresentation). `place` names one without a name.
Status takeKeycloakUser(const ValueMap& user, const std::string& place, Arrivals& arrivals);

}  // namespace gatehouse
