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

/// Asks for each rule, until one shows that the others cannot be asked.
class Asking {
public:
    explicit Asking(std::chrono::seconds limit) : limit_(limit) {}

    void ask(const std::string& rule, const std::function<std::string()>& failure) {
        if (!over_.empty()) {
            pass(rule, over_);
            return;
        }
        const auto answer = askChild(failure, limit_);
        const bool isKept = answer.end == ChildAnswer::End::answered && answer.text.empty();
        results_.push_back({rule, isKept ? State::kept : State::broken, answer.text});
        if (answer.end == ChildAnswer::End::hung) {
            stop("one before took too long");
        }
    }
    /// Says why a rule is not asked.
    void pass(const std::string& rule, std::string_view why) {
        results_.push_back({rule, State::notAsked, std::string(why)});
    }
    /// No more is asked, and why.
    void stop(std::string_view why) { over_ = why; }
    bool hasBroken() const {
        return std::any_of(results_.begin(), results_.end(),
                           [](const RuleResult& one) { return one.state == State::broken; });
    }
    const std::vector<RuleResult>& results() const noexcept { return results_; }

private:
    std::chrono::seconds limit_;
    std::string over_;
    std::vector<RuleResult> results_;
};

int refuse(const Error& error) {
    printError("gatehouse plugins test: " + error.detail);
    return ExitCode::config;
}

void askSuite(CppUnit::Test& suite, std::string_view point, Asking& asking) {
    std::vector<CppUnit::Test*> all;
    collect(suite, all);
    for (auto* test : all) {
        const std::string name = test->getName();
        const std::string rule = name.substr(name.rfind("::") + 2);
        if (const auto why = whyNotAsked(point, rule); !why.empty()) {
            asking.pass(rule, why);
        } else {
            asking.ask(rule, [test] { return failureOf(*test); });
        }
    }
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
    if (asking.hasBroken()) {
        asking.stop("it does not start");
    }
    askSuite(**suite, pointOf(trial->plugin()), asking);
    if (words.at(3) == "json") {
        printJson(reportOf(trial->plugin(), asking.results()));
    } else {
        printReport(trial->plugin(), asking.results());
    }
    return asking.hasBroken() ? ExitCode::failed : ExitCode::done;
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
