// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>

#include <cppunit/TestAssert.h>

#include <string>

namespace gatehouse::testkit {

/// An error that may be told as it is (RFC 6749 section 5.2), and that does not repeat what was
/// sent.
inline void assertTellable(const OAuthError& error, const std::string& sent = {}) {
    CPPUNIT_ASSERT_MESSAGE("the error has no code", !error.code.empty());
    CPPUNIT_ASSERT_MESSAGE("the code has forbidden characters", isErrorText(error.code));
    CPPUNIT_ASSERT_MESSAGE("the description has forbidden characters",
                           isErrorText(error.description));
    CPPUNIT_ASSERT_MESSAGE("the description repeats what was sent",
                           sent.size() < 5 || error.description.find(sent) == std::string::npos);
    CPPUNIT_ASSERT_MESSAGE("the status is none of an error",
                           error.status == 0 || (error.status >= 400 && error.status < 600));
}

}  // namespace gatehouse::testkit
