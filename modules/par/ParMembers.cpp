// SPDX-License-Identifier: Apache-2.0
#include "ParMembers.h"

#include "json/MemberChoice.h"

#include <string>

namespace gatehouse {

Status ParMembers::admit(const Context& /*context*/, const ValueMap& metadata) const {
    return !isThere(metadata, requireMember) || metadata.find(requireMember)->boolean() != nullptr
               ? done()
               : Error::badInput(std::string(requireMember) + ": must be true or false");
}

/// Without it nothing would hold a client to it.
constexpr const char* neededByMembers[] = {"request_source.par"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::ParMembers, "par", "0.1.0",
                   "Clients that have to push their requests", gatehouse::neededByMembers)
