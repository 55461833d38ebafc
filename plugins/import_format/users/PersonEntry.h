// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>
#include <gatehouse/point/ImportFormat.h>

namespace gatehouse {

/// A person as a row or an object describes them: by the members that the README names, and every
/// other one is a claim. Fault::badInput: one that is none; the detail goes on from "person".
Result<ForeignPerson> personFrom(const ValueMap& entry);

/// No column or member may have this name: a password itself, not its hash, has no place in a file.
constexpr const char* refusedMember = "password";

}  // namespace gatehouse
