// SPDX-License-Identifier: Apache-2.0
#include "login/AuthenticationClass.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class AuthenticationClassTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuthenticationClassTest);
    CPPUNIT_TEST(kindsOfFactorsCountNotEntries);
    CPPUNIT_TEST(whatProvesNothingIsNoFactor);
    CPPUNIT_TEST_SUITE_END();

    static void assertClass(std::string_view expected, const std::vector<std::string>& amr) {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), authenticationClass(amr));
    }

public:
    void kindsOfFactorsCountNotEntries() {
        assertClass(oneFactor, {"pwd"});
        assertClass(oneFactor, {"pwd", "pin"});
        assertClass(oneFactor, {"otp", "hwk", "sms"});
        assertClass(oneFactor, {"fed"});
        assertClass(oneFactor, {"fed", "pwd"});
        assertClass(twoFactors, {"fed", "otp"});
        assertClass(twoFactors, {"pwd", "otp"});
        assertClass(twoFactors, {"fpt", "hwk"});
        assertClass(twoFactors, {"mfa"});
    }

    void whatProvesNothingIsNoFactor() {
        assertClass(oneFactor, {});
        assertClass(oneFactor, {"pwd", ""});
        assertClass(oneFactor, {"pwd", "terms_of_use"});
        assertClass(oneFactor, {"pwd", "geo"});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuthenticationClassTest);

}  // namespace gatehouse
