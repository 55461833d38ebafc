// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace gatehouse {

/// An absolute URI without fragment (RFC 3986 section 4.3), in its visible characters.
bool isAbsoluteUri(std::string_view text) noexcept;

}  // namespace gatehouse
