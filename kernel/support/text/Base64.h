// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Base64 with padding (RFC 4648 section 4).
std::string base64(std::string_view bytes);

/// The bytes; nullopt without the padding, for another alphabet, white space or non-zero trailing
/// bits: each byte string has one text only.
std::optional<std::string> fromBase64(std::string_view text);

}  // namespace gatehouse
