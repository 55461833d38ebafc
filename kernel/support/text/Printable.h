// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// Would this character, shown as it is, change how the text around it is shown? A control
/// character (C0, DEL, C1), a line or paragraph separator, or one that turns the direction of
/// writing (Unicode's Bidi_Control). All of them are below U+10000.
bool isControl(char32_t character) noexcept;

/// Has the text one of these?
bool hasControl(std::string_view utf8) noexcept;

/// Appends `\u001b` for U+001B and so on: what JSON (RFC 8259 section 7) and people both read.
void appendEscape(std::string& out, char32_t control);

/// One line for a terminal: what isControl() names is escaped, also line breaks, and a byte that is
/// not UTF-8 becomes `\xff`. Everything else stays, also backslashes: this is for people.
std::string printable(std::string_view text);

}  // namespace gatehouse
