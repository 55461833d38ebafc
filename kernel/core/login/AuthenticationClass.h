// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

// `acr` values (OpenID Connect Core section 2), by how many proofs of different kinds were given.
constexpr std::string_view oneFactor = "urn:gatehouse:acr:one-factor";
constexpr std::string_view twoFactors = "urn:gatehouse:acr:two-factors";

/// Kinds of proof: what one knows, has, is; `several` is one step that asked for more than one.
enum class Factor : std::uint8_t { knowledge, possession, inherence, several };

/// Those that RFC 8176 values stand for; what is not known to be a proof is none.
std::set<Factor> factorsOf(const std::vector<std::string>& amr);

std::string_view authenticationClass(const std::set<Factor>& factors);
/// Two passwords are one factor; what is not known to be a proof is none.
std::string authenticationClass(const std::vector<std::string>& amr);

}  // namespace gatehouse
