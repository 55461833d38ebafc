// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

constexpr std::size_t longestLogin = 255;
constexpr std::size_t longestPassword = 1024;

/// `login` without the spaces around it. nullopt when it cannot be one: empty, longer than 255
/// bytes, not UTF-8, or with control characters.
std::optional<std::string> trimmedLogin(std::string_view login);

/// What a login is found by: trimmed, ASCII letters in lower case. Other letters are compared byte
/// by byte: "Ä" and "ä" are two logins, and a letter written with a combining accent differs from
/// the composed one.
std::optional<std::string> normalizedLogin(std::string_view login);

}  // namespace gatehouse
