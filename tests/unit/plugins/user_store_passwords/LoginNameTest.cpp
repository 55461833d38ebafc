// SPDX-License-Identifier: Apache-2.0
#include "passwords/LoginName.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LoginNameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginNameTest);
    CPPUNIT_TEST(spacesAroundAreDroppedAndCaseIsIgnored);
    CPPUNIT_TEST(aWideBlankAroundIsDroppedToo);
    CPPUNIT_TEST(theFirstKeyKeepsOtherLettersAsTheyAre);
    CPPUNIT_TEST(whereCaseCountsLettersAreOneHoweverTheyAreComposed);
    CPPUNIT_TEST(aProblemIsToldWithItsPlace);
    CPPUNIT_TEST(whatCannotBeALoginIsRefused);
    CPPUNIT_TEST_SUITE_END();

    void spacesAroundAreDroppedAndCaseIsIgnored() {
        CPPUNIT_ASSERT_EQUAL(std::string("ada löve"), findableLogin("  Ada LÖVE ").value());
        CPPUNIT_ASSERT_EQUAL(std::string("Ada LOVE"), trimmedLogin("  Ada LOVE ").value());
    }

    /// Else two people have one name for the eye.
    void aWideBlankAroundIsDroppedToo() {
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), findableLogin("\u3000ada \u3000").value());
        CPPUNIT_ASSERT_EQUAL(std::string("a da"), findableLogin("a\u3000da").value());
        CPPUNIT_ASSERT(!findableLogin("\u3000"));
    }

    void theFirstKeyKeepsOtherLettersAsTheyAre() {
        CPPUNIT_ASSERT_EQUAL(std::string("Äda[{@`"), asciiLogin("ÄDA[{@`").value());
    }

    void whereCaseCountsLettersAreOneHoweverTheyAreComposed() {
        CPPUNIT_ASSERT_EQUAL(std::string("Zo\u00e9"), spellingInItsCase("Zo\u00e9"));
        CPPUNIT_ASSERT_EQUAL(std::string("Zo\u00e9"), spellingInItsCase("\u3000 Zoe\u0301 "));
        CPPUNIT_ASSERT_EQUAL(std::string("\xC3"), spellingInItsCase("\xC3"));
        CPPUNIT_ASSERT_EQUAL(std::string("a\nb"), spellingInItsCase("a\nb"));
    }

    void aProblemIsToldWithItsPlace() {
        const auto prepared = preparedLogin("  ada\u200b");
        const auto* problem = std::get_if<PrecisProblem>(&prepared);
        CPPUNIT_ASSERT(problem != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, problem->at);
        CPPUNIT_ASSERT_EQUAL(std::string("a login cannot hold U+200B, which nobody sees"),
                             problem->message);
    }

    void whatCannotBeALoginIsRefused() {
        for (const std::string& login :
             {std::string(), std::string("   "), std::string("a\nb"), std::string("a\x7F"),
              std::string("a\0b", 3), std::string("\xC3"), std::string("\xED\xA0\x80"),
              std::string(256, 'a')}) {
            CPPUNIT_ASSERT_MESSAGE(login, !findableLogin(login) && !asciiLogin(login));
        }
        CPPUNIT_ASSERT(findableLogin(std::string(255, 'a')));
        CPPUNIT_ASSERT(findableLogin(" " + std::string(255, 'a') + " "));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginNameTest);

}  // namespace gatehouse
