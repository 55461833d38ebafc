// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What became of one promise.
struct RuleResult {
    enum class State { kept, broken, notAsked };

    std::string rule;  ///< the case's name, "anEmptyPasswordIsRefused"
    State state = State::notAsked;
    std::string came;  ///< what was expected and what came; or why it was not asked
};

/// "an empty password is refused".
std::string sentenceOf(std::string_view rule);

/// A line a rule; below a broken one what came, why it matters and what to do, below one that was
/// not asked the reason.
void printReport(const std::string& plugin, const std::vector<RuleResult>& results);
ValueMap reportOf(const std::string& plugin, const std::vector<RuleResult>& results);

}  // namespace gatehouse
