// SPDX-License-Identifier: Apache-2.0
#include "Report.h"

#include "Advice.h"
#include "app/cli/Output.h"
#include "text/Printable.h"

#include <algorithm>
#include <cctype>

namespace gatehouse {

namespace {

using State = RuleResult::State;

std::string wordOf(State state) {
    return state == State::kept ? "kept" : state == State::broken ? "broken" : "not asked";
}

std::string counted(const std::vector<RuleResult>& results, State state) {
    const auto count =
        std::count_if(results.begin(), results.end(),
                      [state](const RuleResult& result) { return result.state == state; });
    return std::to_string(count) + " " + wordOf(state);
}

void printBroken(const std::string& plugin, const RuleResult& result) {
    const auto advice = adviceFor(plugin, result.rule);
    printLine("           came: " + printable(result.came));
    printLine("           why:  " + advice.why);
    printLine("           do:   " + advice.remedy);
}

}  // namespace

std::string sentenceOf(std::string_view rule) {
    std::string sentence;
    for (const char letter : rule) {
        const auto byte = static_cast<unsigned char>(letter);
        sentence += std::isupper(byte) != 0 ? std::string{' '} : std::string{};
        sentence += static_cast<char>(std::tolower(byte));
    }
    return sentence;
}

void printReport(const std::string& plugin, const std::vector<RuleResult>& results) {
    for (const auto& result : results) {
        std::string word = wordOf(result.state);
        word.resize(11, ' ');
        printLine(word + sentenceOf(result.rule));
        if (result.state == State::broken) {
            printBroken(plugin, result);
        } else if (result.state == State::notAsked) {
            printLine("           since: " + result.came);
        }
    }
    printLine(plugin + ": " + counted(results, State::kept) + ", " +
              counted(results, State::broken) + ", " + counted(results, State::notAsked));
}

ValueMap reportOf(const std::string& plugin, const std::vector<RuleResult>& results) {
    ValueList rules;
    for (const auto& result : results) {
        ValueMap rule{{"rule", sentenceOf(result.rule)}, {"result", wordOf(result.state)}};
        if (result.state == State::broken) {
            const auto advice = adviceFor(plugin, result.rule);
            rule.set("came", result.came);
            rule.set("why", advice.why);
            rule.set("do", advice.remedy);
        } else if (result.state == State::notAsked) {
            rule.set("since", result.came);
        }
        rules.emplace_back(std::move(rule));
    }
    return {{"plugin", plugin}, {"rules", std::move(rules)}};
}

}  // namespace gatehouse
