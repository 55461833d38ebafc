// SPDX-License-Identifier: Apache-2.0
#include "DpopMembers.h"

#include "json/MemberChoice.h"

#include <string>
#include <utility>

namespace gatehouse {

Status DpopMembers::admit(const Context& /*context*/, const ValueMap& metadata) const {
    auto problems = choiceProblem(metadata, algorithmMember, proofAlgorithms);
    if (!isFlag(metadata, boundMember)) {
        problems.append(boundMember).append(": ").append(notAFlag).append("\n");
    }
    if (problems.empty()) {
        return done();
    }
    problems.pop_back();  // the last line's end
    return Error::badInput(std::move(problems));
}

/// Without it nobody would hold the clients to it.
constexpr const char* neededByMembers[] = {"token_binding.dpop"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::DpopMembers, "dpop", "0.1.0", "Clients whose tokens are all bound",
                   gatehouse::neededByMembers)
