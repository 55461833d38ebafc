// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// 16 url-safe characters that do not repeat. No secret.
std::string makeRequestId();
/// 1 to 64 of A-Z a-z 0-9 . _ -
bool isRequestId(std::string_view text) noexcept;
/// A valid `traceparent` (W3C Trace Context section 3.2).
bool isTraceParent(std::string_view text) noexcept;

}  // namespace gatehouse
