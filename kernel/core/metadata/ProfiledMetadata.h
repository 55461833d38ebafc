// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string_view>

namespace gatehouse {

/// The discovery document of an issuer that holds all its clients to a profile: what it lists is
/// what they may use, and what they have to do it says. Empty: none.
ValueMap profiledMetadata(std::string_view profile, const ValueMap& metadata);

}  // namespace gatehouse
