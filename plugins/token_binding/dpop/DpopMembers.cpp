// SPDX-License-Identifier: Apache-2.0
#include "DpopMembers.h"

#include "json/MemberChoice.h"

#include <string>

namespace gatehouse {

Status DpopMembers::admit(const Context& /*context*/, const ValueMap& metadata) const {
    return isFlag(metadata, boundMember)
               ? done()
               : Error::badInput(std::string(boundMember).append(": ").append(notAFlag));
}

/// Without it nobody would hold the clients to it.
constexpr const char* neededByMembers[] = {"token_binding.dpop"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::DpopMembers, "dpop", "0.1.0", "Clients whose tokens are all bound",
                   gatehouse::neededByMembers)
