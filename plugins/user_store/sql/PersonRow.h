// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/User.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>

namespace gatehouse {

/// A person as the query gives them.
struct SqlPerson {
    User user;
    std::string hash;  ///< of the password; empty: cannot log in with one
};

/// Of the columns id, login, password, disabled; all others are claims. nullopt: no id or login
/// that could be one.
std::optional<SqlPerson> personOf(const ValueMap& row);

/// Whether a value says yes: everything but null, false, 0, and the texts "", "0", "f", "false",
/// "n", "no".
bool saysYes(const Value& value);

/// As it would be written; empty for null.
std::string textOf(const Value& value);

}  // namespace gatehouse
