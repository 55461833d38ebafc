// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string>
#include <vector>

namespace gatehouse {

/// Claims from "name=value" texts, with the JSON kinds of OpenID Connect Core section 5.1: booleans
/// for *_verified, a number for updated_at, an object for address, text for the rest. Throws
/// UsageError.
ValueMap claimsFrom(const std::vector<std::string>& texts);

}  // namespace gatehouse
