// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// Makes text safe as HTML content and inside quoted attributes.
std::string escapeHtml(std::string_view text);

}  // namespace gatehouse
