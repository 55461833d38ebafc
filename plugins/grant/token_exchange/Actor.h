// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <cstddef>

namespace gatehouse {

/// How many may act for one another in one token.
constexpr std::size_t mostActors = 4;

/// Who acts now (RFC 8693 section 4.1), before those who acted until now.
ValueMap actedBy(const ValueMap& actor, const ValueMap& until);

std::size_t countActors(const ValueMap& act);

/// May this one act, as far as `may_act` says (RFC 8693 section 4.4)? All that it says is so.
bool mayAct(const Value* mayAct, const ValueMap& actor);

}  // namespace gatehouse
