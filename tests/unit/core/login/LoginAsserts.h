// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "LoginBed.h"

#include <cppunit/TestAssert.h>

#include <string>

namespace gatehouse {

/// The answer takes the browser back to the client, with its state and the issuer.
inline Form assertAnswered(const BrowserAnswer& answer, const char* parameter) {
    auto fields = LoginBed::back(answer);
    CPPUNIT_ASSERT_MESSAGE(answer.location + answer.page.name, fields.has(parameter));
    CPPUNIT_ASSERT_EQUAL(std::string("st"), std::string(fields.text("state")));
    CPPUNIT_ASSERT_EQUAL(std::string("https://id.example.org"), std::string(fields.text("iss")));
    return fields;
}

inline void assertBack(const BrowserAnswer& answer) {
    assertAnswered(answer, "code");
}

inline void assertError(const char* code, const BrowserAnswer& answer) {
    const auto fields = assertAnswered(answer, "error");
    CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.location, std::string(code),
                                 std::string(fields.text("error")));
    CPPUNIT_ASSERT(!fields.has("code"));
}

}  // namespace gatehouse
