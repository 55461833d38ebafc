// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// What stands in place of a secret.
constexpr std::string_view mask = "***";

/// A URL that may be shown: the password before its host and the values in its query that tell of
/// secrets are masked.
std::string maskedUrl(std::string_view url);

/// A map that may be shown: members whose names tell of secrets are masked, at any depth.
ValueMap maskedMap(const ValueMap& map);

}  // namespace gatehouse
