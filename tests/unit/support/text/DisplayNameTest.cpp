// SPDX-License-Identifier: Apache-2.0
#include "text/DisplayName.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class DisplayNameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DisplayNameTest);
    CPPUNIT_TEST(namesOfTheWorldAreGood);
    CPPUNIT_TEST(whatNobodySeesIsRefused);
    CPPUNIT_TEST(blanksAloneAreNoName);
    CPPUNIT_TEST(itEndsSomewhere);
    CPPUNIT_TEST_SUITE_END();

public:
    void namesOfTheWorldAreGood() {
        for (const char* name : {"", "Shop", "B\u00e4ckerei & Caf\u00e9", "\u9762\u5305\u5e97",
                                 "\u041c\u0430\u0433\u0430\u0437\u0438\u043d", "\U0001F96F"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string(), displayNameProblem(name));
        }
    }

    void whatNobodySeesIsRefused() {
        for (const char* name : {"a\u202eb", "a\u200bb", "a\nb", "a\u00adb", "\ufeffa", "a\u2069",
                                 "a\U000e0041", "a\u3164", "\xff", "a\xc3"}) {
            CPPUNIT_ASSERT_MESSAGE(name, !displayNameProblem(name).empty());
        }
    }

    void blanksAloneAreNoName() {
        for (const char* name : {" ", "\u00a0", "\u1680", "\u2000\u200a", "\u202f", "\u205f",
                                 "\u3000 \u3000", "\u2800"}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string("is made of blanks only"),
                                         displayNameProblem(name));
        }
        CPPUNIT_ASSERT(displayNameProblem("\u3000x ").empty());
    }

    void itEndsSomewhere() {
        CPPUNIT_ASSERT(displayNameProblem(std::string(100, 'a')).empty());
        CPPUNIT_ASSERT(!displayNameProblem(std::string(101, 'a')).empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DisplayNameTest);

}  // namespace gatehouse
