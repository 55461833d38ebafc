// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

constexpr std::string_view sectorMember = "sector_identifier_uri";

/// Whose clients see the same people (OpenID Connect Core section 8.1): the host of
/// sector_identifier_uri, where there is one, or else the one host of all redirect URIs. Empty:
/// there is none, or more than one.
std::string sectorOf(std::string_view sectorUri, const std::vector<std::string>& redirectUris);

}  // namespace gatehouse
