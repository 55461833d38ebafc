// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A host, or "*.example.com" for every name below one.
bool isHostPattern(std::string_view text) noexcept;

/// Is the host, in whatever case, among these?
bool isHostOf(std::string_view host, const std::vector<std::string>& patterns);

}  // namespace gatehouse
