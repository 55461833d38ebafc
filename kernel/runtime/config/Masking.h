// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// What stands in place of a secret.
constexpr std::string_view mask = "***";

/// A URL that may be shown: the password before its host and the values in its query that tell of
/// secrets are masked.
std::string maskedUrl(std::string_view url);

}  // namespace gatehouse
