// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Approver.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What the hook is told of a request, as JSON.
std::string approvalText(const Approval& approval);
/// What it answers: {"decision": "allow", "amr": ["face"]}, with `amr` for an `allow` alone.
/// nullopt: anything else, also one member more.
std::optional<Ruling> rulingFrom(std::string_view text);

}  // namespace gatehouse
