// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

// `acr` values (OpenID Connect Core section 2), by how many proofs of different kinds were given.
constexpr std::string_view oneFactor = "urn:gatehouse:acr:one-factor";
constexpr std::string_view twoFactors = "urn:gatehouse:acr:two-factors";

/// Two passwords are one factor; what is not known to be a proof is none.
std::string authenticationClass(const std::vector<std::string>& amr);

}  // namespace gatehouse
