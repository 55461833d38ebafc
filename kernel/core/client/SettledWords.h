// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Value.h>

namespace gatehouse {

class ClientRules;
class HeldProfiles;

/// A client that registers itself is told what its profile settles: it is registered with what it
/// could have said of that.
ValueMap withSettled(IssuerId issuer, const HeldProfiles& profiles, const ClientRules& rules,
                     ValueMap metadata);

}  // namespace gatehouse
