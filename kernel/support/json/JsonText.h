// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse {

// The pieces JSON is written from; each appends valid JSON.

/// A quoted text (RFC 8259 section 7); NUL and bytes that are not UTF-8 become U+FFFD. What
/// isControl() names is escaped, so that the text is safe to show.
void appendJson(std::string& out, std::string_view text);
void appendJson(std::string& out, std::int64_t number);
/// Always with a fraction or exponent, so that it is read back as a double; null when not finite.
void appendJson(std::string& out, double number);
void appendJson(std::string& out, const ValueMap& map);
void appendJson(std::string& out, const Value& value);

}  // namespace gatehouse
