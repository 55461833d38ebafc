// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// Host and port of a URL or Host field as they are compared: in lower case, without the port that
/// clients leave out, be it that of https or that of http.
std::string hostName(std::string_view authority);

}  // namespace gatehouse
