// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// "local@domain" as it is on the way everywhere (RFC 5321 section 4.1.2): a dot-string, a domain
/// of letters, digits and hyphens. No quotes, comments, literals or letters beyond ASCII.
bool isMailAddress(std::string_view text) noexcept;

/// For a page that a stranger may see: "a…@example.org".
std::string maskedAddress(std::string_view address);

}  // namespace gatehouse
