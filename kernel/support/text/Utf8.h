// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace gatehouse {

/// Is this well-formed UTF-8 (RFC 3629)? No surrogates, no overlong forms, nothing above U+10FFFF.
/// NUL is well-formed.
bool isUtf8(std::string_view text) noexcept;

/// Length of the well-formed character `text` begins with, 1 to 4; 0 when it begins with none.
std::size_t utf8Length(std::string_view text) noexcept;

/// The code point of one character, as utf8Length() found it.
char32_t utf8Point(std::string_view character) noexcept;

}  // namespace gatehouse
