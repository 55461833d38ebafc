// SPDX-License-Identifier: Apache-2.0
#include "CibaMembers.h"

#include "Settings.h"
#include "json/MemberChoice.h"
#include "json/Members.h"
#include "text/SiteAddress.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

std::string problem(std::string_view member, std::string_view why) {
    return std::string(member).append(": ").append(why).append("\n");
}

std::string modeProblem(const ValueMap& metadata) {
    const bool hasGrant = contains(textsOf(metadata.find("grant_types")), cibaGrant);
    return hasGrant && !isThere(metadata, modeMember)
               ? problem(modeMember, "needed with the grant type " + std::string(cibaGrant))
               : choiceProblem(metadata, modeMember, deliveryModes);
}

std::string endpointProblem(const ValueMap& metadata) {
    if (!isThere(metadata, endpointMember)) {
        return metadata.text(modeMember) == "ping"
                   ? problem(endpointMember, "needed with backchannel_token_delivery_mode ping")
                   : std::string();
    }
    return isSiteAddress(metadata.text(endpointMember)) ? std::string()
                                                        : problem(endpointMember, notASiteAddress);
}

std::string signingProblem(const ValueMap& metadata, const std::vector<std::string>& algorithms) {
    auto wrong = choiceProblem(metadata, signingMember, algorithms);
    const bool hasKeys = isThere(metadata, "jwks") || isThere(metadata, "jwks_uri");
    return wrong.empty() && isThere(metadata, signingMember) && !hasKeys
               ? problem(signingMember, "needs the client's keys: jwks or jwks_uri")
               : wrong;
}

std::string userCodeProblem(const ValueMap& metadata) {
    return isFlag(metadata, userCodeMember) && !isTrue(metadata, userCodeMember)
               ? std::string()
               : problem(userCodeMember, "must be false: there are no user codes here");
}

}  // namespace

Status admitCibaMembers(const ValueMap& metadata, const std::vector<std::string>& algorithms) {
    auto problems = modeProblem(metadata) + endpointProblem(metadata) +
                    signingProblem(metadata, algorithms) + userCodeProblem(metadata);
    if (problems.empty()) {
        return done();
    }
    problems.pop_back();  // the last line's end
    return Error::badInput(std::move(problems));
}

}  // namespace gatehouse
