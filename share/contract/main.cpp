// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FacadeBed.h>

#include "ChildRun.h"
#include "Report.h"
#include "Suites.h"
#include "app/cli/Command.h"
#include "app/cli/Output.h"
#include "config/PluginList.h"
#include "text/Thrown.h"

#include <cppunit/Exception.h>
#include <cppunit/TestFailure.h>
#include <cppunit/TestResult.h>
#include <cppunit/TestResultCollector.h>

#include <algorithm>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

using State = RuleResult::State;

/// What stands behind `label` in one of CppUnit's details.
std::string behind(const std::string& label, const std::string& detail) {
    return detail.rfind(label, 0) == 0 ? detail.substr(label.size()) : std::string();
}

/// What CppUnit says, on one line: the words of the case, or else the expression it is about.
std::string textOf(const CppUnit::Message& message) {
    std::string expression;
    std::string values;
    std::string words;
    for (int each = 0; each < message.detailCount(); ++each) {
        const std::string detail = message.detailAt(each);
        if (detail.rfind("Expression: ", 0) == 0) {
            expression = "not so: " + behind("Expression: ", detail);
        } else if (detail.rfind("Expected: ", 0) == 0) {
            values = "expected " + behind("Expected: ", detail);
        } else if (detail.rfind("Actual  : ", 0) == 0) {
            values += ", came " + behind("Actual  : ", detail);
        } else {
            words += (words.empty() ? "" : "; ") + detail;
        }
    }
    const std::string between = words.empty() || values.empty() ? "" : ": ";
    const std::string text = words + between + values;
    return text.empty() ? expression : text;
}

/// Empty when it passes.
std::string failureOf(CppUnit::Test& test) {
    CppUnit::TestResult events;
    CppUnit::TestResultCollector results;
    events.addListener(&results);
    test.run(&events);
    for (const auto* failure : results.failures()) {
        const std::string text = textOf(failure->thrownException()->message());
        return failure->isError() ? "an exception left the plugin: " + text : text;
    }
    return {};
}

void collect(CppUnit::Test& test, std::vector<CppUnit::Test*>& all) {
    for (int each = 0; each < test.getChildTestCount(); ++each) {
        collect(*test.getChildTestAt(each), all);
    }
    if (test.getChildTestCount() == 0) {
        all.push_back(&test);
    }
}

std::string startFailure(Trial& trial) {
    try {
        testkit::FacadeBed bed;
        trial.start(bed.host)->stop();
        return {};
    } catch (...) {
        return whatWasThrown();
    }
}

/// Asks for each rule, until something hangs: then the others would as well.
class Asking {
public:
    explicit Asking(std::chrono::seconds limit) : limit_(limit) {}

    void ask(const std::string& rule, const std::function<std::string()>& failure) {
        RuleResult result{rule, State::notAsked, {}};
        if (!isOver_) {
            const auto answer = askChild(failure, limit_);
            isOver_ = answer.end == ChildAnswer::End::hung;
            const bool isKept = answer.end == ChildAnswer::End::answered && answer.text.empty();
            result.state = isKept ? State::kept : State::broken;
            result.came = answer.text;
        }
        results_.push_back(std::move(result));
    }
    void stop() noexcept { isOver_ = true; }
    bool isAllKept() const {
        return std::all_of(results_.begin(), results_.end(),
                           [](const RuleResult& one) { return one.state == State::kept; });
    }
    const std::vector<RuleResult>& results() const noexcept { return results_; }

private:
    std::chrono::seconds limit_;
    bool isOver_ = false;
    std::vector<RuleResult> results_;
};

int refuse(const Error& error) {
    printError("gatehouse plugins test: " + error.detail);
    return ExitCode::config;
}

int run(const std::vector<std::string>& words) {
    auto trial = Trial::read(words.at(0), words.at(1));
    if (!trial) {
        return refuse(trial.error());
    }
    const auto suite = suiteOf(pointOf(trial->plugin()), *trial);
    if (!suite) {
        return refuse(suite.error());
    }
    Asking asking{std::chrono::seconds{std::stoi(words.at(2))}};
    asking.ask("itStarts", [&] { return startFailure(*trial); });
    if (!asking.isAllKept()) {
        asking.stop();
    }
    std::vector<CppUnit::Test*> all;
    collect(**suite, all);
    for (auto* test : all) {
        const std::string name = test->getName();
        asking.ask(name.substr(name.rfind("::") + 2), [&] { return failureOf(*test); });
    }
    if (words.at(3) == "json") {
        printJson(reportOf(trial->plugin(), asking.results()));
    } else {
        printReport(trial->plugin(), asking.results());
    }
    return asking.isAllKept() ? ExitCode::done : ExitCode::failed;
}

}  // namespace

}  // namespace gatehouse

/// FILE.so FILE SECONDS text|json, which is what `gatehouse plugins test` gives.
int main(int count, char** words) {
    try {
        const int code = gatehouse::run({words + 1, words + count});
        return gatehouse::flushOutput() ? gatehouse::ExitCode::failed : code;
    } catch (...) {
        gatehouse::printError("gatehouse plugins test: " + gatehouse::whatWasThrown());
        return gatehouse::ExitCode::failed;
    }
}
