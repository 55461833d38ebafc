// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cppunit/Test.h>
#include <cppunit/TestAssert.h>
#include <cppunit/TestFailure.h>
#include <cppunit/TestResult.h>
#include <cppunit/TestResultCollector.h>

#include <memory>
#include <string>

namespace gatehouse {

/// Runs a contract suite against something wrong. `expected`: the cases that fail, each with a
/// space after it.
template <class Contract> void contractFinds(const std::string& expected) {
    CppUnit::TestResult events;
    CppUnit::TestResultCollector results;
    events.addListener(&results);
    const std::unique_ptr<CppUnit::Test> suite(Contract::suite());
    suite->run(&events);
    std::string failed;
    for (const auto* failure : results.failures()) {
        const std::string name = failure->failedTestName();
        failed += name.substr(name.rfind("::") + 2) + " ";
    }
    CPPUNIT_ASSERT_EQUAL(expected, failed);
}

}  // namespace gatehouse
