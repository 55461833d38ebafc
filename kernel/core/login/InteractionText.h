// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "login/InteractionBook.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

// What of an interaction is sealed, as bytes: JSON, compressed where it is long.

std::string interactionText(const Interaction& interaction);
/// nullopt when it is none. `id` and `plain` stay empty.
std::optional<Interaction> interactionFrom(std::string_view text);

}  // namespace gatehouse
