// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Reads one JSON text (RFC 8259), strictly: UTF-8, nothing behind it, no comments. Beyond the
/// grammar nullopt for a name twice in an object, more than 32 levels, more than 512 members in an
/// object, NUL in a text (\u0000), and numbers that fit neither 64 bits nor a double. Size is the
/// caller's to limit.
std::optional<Value> parseJson(std::string_view text);
/// How many bytes of a text that parseJson() refuses it could read, for a message.
std::size_t readableJson(std::string_view text);

/// Writes compact JSON, always valid: NUL and bytes that are not UTF-8 become U+FFFD, a number that
/// is not finite null.
std::string toJson(const Value& value);
std::string toJson(const ValueMap& map);

}  // namespace gatehouse
