// SPDX-License-Identifier: Apache-2.0
#include "ParMembers.h"

#include "json/MemberChoice.h"

#include <string>

namespace gatehouse {

Status ParMembers::admit(const Context& /*context*/, const ValueMap& metadata) const {
    return isFlag(metadata, requireMember)
               ? done()
               : Error::badInput(std::string(requireMember).append(": ").append(notAFlag));
}

/// Without it nothing would hold a client to it.
constexpr const char* neededByMembers[] = {"request_source.par"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::ParMembers, "par", "0.1.0",
                   "Clients that have to push their requests", gatehouse::neededByMembers)
