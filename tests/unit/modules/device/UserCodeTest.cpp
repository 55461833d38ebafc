// SPDX-License-Identifier: Apache-2.0
#include "UserCode.h"

#include <gatehouse/testkit/FakeRandom.h>

#include <cppunit/extensions/HelperMacros.h>

#include <map>

namespace gatehouse {

class UserCodeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UserCodeTest);
    CPPUNIT_TEST(newOnesAreReadBack);
    CPPUNIT_TEST(noLetterIsLikelier);
    CPPUNIT_TEST(peopleTypeAsTheyLike);
    CPPUNIT_TEST(whatCannotBeOneIsNone);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeRandom random_;

public:
    void newOnesAreReadBack() {
        for (int i = 0; i < 1000; ++i) {
            const auto code = newUserCode(random_);
            CPPUNIT_ASSERT_EQUAL(std::size_t{8}, code.size());
            CPPUNIT_ASSERT(userCodeFrom(shownUserCode(code)) == code);
        }
    }

    void noLetterIsLikelier() {
        std::map<char, int> seen;
        constexpr int codes = 20'000;
        for (int i = 0; i < codes; ++i) {
            for (const char c : newUserCode(random_)) {
                ++seen[c];
            }
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, seen.size());
        for (const auto& [letter, count] : seen) {  // 8,000 each; 87 is the standard deviation
            CPPUNIT_ASSERT_MESSAGE(std::string(1, letter), count > 7300 && count < 8700);
        }
    }

    void peopleTypeAsTheyLike() {
        for (const auto* typed : {"WDJB-MJHT", "wdjbmjht", " wdjb mjht ", "W-D-J-B.M_J\tH T"}) {
            CPPUNIT_ASSERT_MESSAGE(typed, userCodeFrom(typed) == "WDJBMJHT");
        }
    }

    void whatCannotBeOneIsNone() {
        for (const auto* typed :
             {"", "WDJB-MJH", "WDJB-MJHTW", "WDJB-MJHA", "WDJB-MJH0", "WDJB\nMJHT",
              "W                               DJBMJHT", "\xc3\x84WDJBMJHT"}) {
            CPPUNIT_ASSERT_MESSAGE(typed, !userCodeFrom(typed));
        }
        CPPUNIT_ASSERT(!userCodeFrom(std::string_view("WDJB\0MJHT", 9)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(UserCodeTest);

}  // namespace gatehouse
