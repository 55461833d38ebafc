// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "FailedCases.h"

#include <cppunit/TestAssert.h>

#include <string>

namespace gatehouse {

/// Runs a contract suite against something wrong. `expected`: the cases that fail, each with a
/// space after it.
template <class Contract> void contractFinds(const std::string& expected) {
    CPPUNIT_ASSERT_EQUAL(expected, failedCases(Contract::suite()));
}

}  // namespace gatehouse
