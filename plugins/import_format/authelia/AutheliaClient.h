// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>
#include <gatehouse/point/ImportFormat.h>

#include <string>

namespace gatehouse {

/// Takes an entry of `identity_providers.oidc.clients` of Authelia's configuration. `place` names
/// one without an id.
Status takeAutheliaClient(const ValueMap& client, const std::string& place, Arrivals& arrivals);

}  // namespace gatehouse
