// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>
#include <gatehouse/point/ImportFormat.h>

namespace gatehouse {

/// A person as a row or an object describes them: by the members that the README names, and every
/// other one is a claim. Fault::badInput: one that is none; the detail goes on from "person".
Result<ForeignPerson> personFrom(const ValueMap& entry);

/// A column or member that nothing may be read from; empty: all are good. Another password than
/// its hash has no place in a file.
std::string wrongMember(const ValueMap& entry);

}  // namespace gatehouse
