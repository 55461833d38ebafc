// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// An http or https URI without query and fragment, in the form in which two are compared (RFC 3986
/// sections 6.2.2 and 6.2.3): scheme and host in lower case, no default port, percent-encoding only
/// where it must be, no dot segments. A user name stays: whoever has none differs. Empty: it is no
/// such URI.
std::string normalTarget(std::string_view uri);

/// Do both mean one target (RFC 9449 section 4.3, check 9)?
bool isSameTarget(std::string_view htu, std::string_view target);

}  // namespace gatehouse
