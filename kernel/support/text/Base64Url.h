// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Base64url without padding (RFC 4648 section 5, RFC 7515 section 2).
std::string base64url(std::string_view bytes);

/// Appends the same to `out`.
void appendBase64url(std::string& out, std::string_view bytes);

/// The bytes; nullopt for padding, another alphabet, white space, an impossible length or non-zero
/// trailing bits: each byte string has one text only.
std::optional<std::string> fromBase64url(std::string_view text);

}  // namespace gatehouse
