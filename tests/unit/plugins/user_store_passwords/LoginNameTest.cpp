// SPDX-License-Identifier: Apache-2.0
#include "passwords/LoginName.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LoginNameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginNameTest);
    CPPUNIT_TEST(spacesAroundAreDroppedAndAsciiCaseIsIgnored);
    CPPUNIT_TEST(otherLettersAreKeptAsTheyAre);
    CPPUNIT_TEST(whatCannotBeALoginIsRefused);
    CPPUNIT_TEST_SUITE_END();

    void spacesAroundAreDroppedAndAsciiCaseIsIgnored() {
        CPPUNIT_ASSERT_EQUAL(std::string("ada love"), normalizedLogin("  Ada LOVE ").value());
        CPPUNIT_ASSERT_EQUAL(std::string("Ada LOVE"), trimmedLogin("  Ada LOVE ").value());
    }

    void otherLettersAreKeptAsTheyAre() {
        CPPUNIT_ASSERT_EQUAL(std::string("Äda[{@`"), normalizedLogin("ÄDA[{@`").value());
    }

    void whatCannotBeALoginIsRefused() {
        for (const std::string& login :
             {std::string(), std::string("   "), std::string("a\nb"), std::string("a\x7F"),
              std::string("a\0b", 3), std::string("\xC3"), std::string("\xED\xA0\x80"),
              std::string(256, 'a')}) {
            CPPUNIT_ASSERT_MESSAGE(login, !normalizedLogin(login));
        }
        CPPUNIT_ASSERT(normalizedLogin(std::string(255, 'a')));
        CPPUNIT_ASSERT(normalizedLogin(" " + std::string(255, 'a') + " "));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginNameTest);

}  // namespace gatehouse
