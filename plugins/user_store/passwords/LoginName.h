// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "passwords/Precis.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace gatehouse {

constexpr std::size_t longestLogin = 255;
constexpr std::size_t longestPassword = 1024;

/// `login` without the spaces around it. nullopt when it cannot be one: empty, longer than 255
/// bytes, not UTF-8, or with control characters of ASCII.
std::optional<std::string> trimmedLogin(std::string_view login);

/// What a login is found by and must be alone with: trimmed, and prepared by usernameCaseMapped().
/// The problem's message is a sentence.
std::variant<std::string, PrecisProblem> preparedLogin(std::string_view login);

/// The same, for who asks only whether somebody has the login.
std::optional<std::string> findableLogin(std::string_view login);

/// What logins were found by at first: trimmed, ASCII letters in lower case. It is still the `id`
/// in a users file, and finds logins that preparedLogin() would refuse or change.
std::optional<std::string> asciiLogin(std::string_view login);

/// See UserStore::spelling().
std::string spellingOf(std::string_view login);

/// The same of a store where case counts: trimmed, and composed (NFC).
std::string spellingInItsCase(std::string_view login);

}  // namespace gatehouse
