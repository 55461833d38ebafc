// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/User.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace gatehouse {

/// A user of a file.
struct FileUser {
    User user;
    std::string prepared;  ///< the login, as it is found by
    std::string password;  ///< its hash
    std::chrono::nanoseconds work{};  ///< that a check of it takes
};

/// What is wrong with a line, and where: the column, counted in bytes from 1.
struct LineProblem {
    std::size_t column;
    std::string message;
};

/// Reads `login:hash` with an optional third field `:{"claim": …}`; '!' before the hash
/// disables the user. The user's id is the login with ASCII letters in lower case.
std::variant<FileUser, LineProblem> readUserLine(std::string_view line,
                                                 std::string_view weakestHash);

}  // namespace gatehouse
