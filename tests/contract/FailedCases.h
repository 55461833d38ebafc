// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cppunit/TestFailure.h>
#include <cppunit/TestResult.h>
#include <cppunit/TestResultCollector.h>
#include <cppunit/TestSuite.h>

#include <memory>
#include <string>

namespace gatehouse {

/// The cases of a suite that fail, each with a space after it. The suite becomes its own.
inline std::string failedCases(CppUnit::Test* suite) {
    const std::unique_ptr<CppUnit::Test> owned(suite);
    CppUnit::TestResult events;
    CppUnit::TestResultCollector results;
    events.addListener(&results);
    owned->run(&events);
    std::string failed;
    for (const auto* failure : results.failures()) {
        const std::string name = failure->failedTestName();
        failed += name.substr(name.rfind("::") + 2) + " ";
    }
    return failed;
}

}  // namespace gatehouse
