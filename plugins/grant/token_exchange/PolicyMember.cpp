// SPDX-License-Identifier: Apache-2.0
#include "PolicyMember.h"

#include "ExchangePolicy.h"
#include "json/MemberChoice.h"

#include <string>

namespace gatehouse {

std::vector<std::string_view> PolicyMember::members() const {
    return {exchangeMember};
}

Status PolicyMember::admit(const Context& /*context*/, const ValueMap& metadata) const {
    if (!isThere(metadata, exchangeMember)) {
        return done();
    }
    const auto problem = policyProblem(*metadata.find(exchangeMember));
    return problem.empty() ? done()
                           : Error::badInput(std::string(exchangeMember).append(": ") + problem);
}

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::PolicyMember, "token_exchange", "0.1.0",
                   "Which tokens a client may exchange")
