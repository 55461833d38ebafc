// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/Base64Url.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace gatehouse {

/// Base64 with padding (RFC 4648 section 4), for content policies and HTTP Basic.
inline std::string base64(std::string_view bytes) {
    std::string text = base64url(bytes);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    return text.append((4 - text.size() % 4) % 4, '=');
}

}  // namespace gatehouse
