// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/User.h>

#include <optional>
#include <string_view>

namespace gatehouse {

/// What the service answers: {"person": {"id", "login", "disabled", "claims"}}, or
/// {"person": null} for nobody. Anything else is an error that says what is wrong.
Result<std::optional<User>> personFrom(std::string_view text);

}  // namespace gatehouse
