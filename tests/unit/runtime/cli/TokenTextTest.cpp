// SPDX-License-Identifier: Apache-2.0
#include "app/cli/TokenText.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace gatehouse {

class TokenTextTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TokenTextTest);
    CPPUNIT_TEST(kindsAreToldApart);
    CPPUNIT_TEST(momentsAreDatesAndHowFarAway);
    CPPUNIT_TEST(claimsThatNobodyKnowsAreShownAsTheyAre);
    CPPUNIT_TEST(aTokenOutsideItsTimeIsSaid);
    CPPUNIT_TEST(momentsThatCannotBeAreNumbers);
    CPPUNIT_TEST_SUITE_END();

    const TimePoint now_ = fromSeconds(1700000000);
    using Row = std::vector<std::string>;

public:
    void kindsAreToldApart() {
        const ValueMap jwt{{"typ", "JWT"}};
        CPPUNIT_ASSERT_EQUAL(std::string("access token (JWT, RFC 9068)"),
                             kindOfJwt({{"typ", "at+jwt"}}, {}));
        CPPUNIT_ASSERT_EQUAL(std::string("ID token"), kindOfJwt(jwt, {{"auth_time", 1}}));
        CPPUNIT_ASSERT_EQUAL(std::string("client assertion (RFC 7523)"),
                             kindOfJwt({}, {{"iss", "shop"}, {"sub", "shop"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("JSON Web Token"), kindOfJwt(jwt, {}));
    }

    void momentsAreDatesAndHowFarAway() {
        CPPUNIT_ASSERT((Row{"exp", "2023-11-14T22:16:20Z", "expires, in 3 min"}) ==
                       memberRows({{"exp", 1700000180}}, now_).front());
        CPPUNIT_ASSERT_EQUAL(std::string("1 d 1 s ago"),
                             distanceText(fromSeconds(1700000000 - 86401), now_));
        CPPUNIT_ASSERT_EQUAL(std::string("in 2 h 5 min"),
                             distanceText(fromSeconds(1700000000 + 7503), now_));
        CPPUNIT_ASSERT_EQUAL(std::string("now"), distanceText(now_, now_));
    }

    void claimsThatNobodyKnowsAreShownAsTheyAre() {
        CPPUNIT_ASSERT((Row{"groups", "[\"a\",\"b\"]", ""}) ==
                       memberRows({{"groups", ValueList{"a", "b"}}}, now_).front());
    }

    void aTokenOutsideItsTimeIsSaid() {
        CPPUNIT_ASSERT_EQUAL(std::string("expired 3 min ago"),
                             untimely({{"exp", 1700000000 - 180}}, now_));
        CPPUNIT_ASSERT_EQUAL(std::string("not good before 2023-11-14T22:13:25Z, in 5 s"),
                             untimely({{"nbf", 1700000005}}, now_));
        CPPUNIT_ASSERT(untimely({{"exp", 1700000001}, {"nbf", 1700000000}}, now_).empty());
    }

    void momentsThatCannotBeAreNumbers() {
        for (const std::int64_t number :
             {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(),
              std::int64_t{253402300800}}) {
            const auto rows = memberRows({{"exp", number}}, now_);
            CPPUNIT_ASSERT((Row{"exp", std::to_string(number), "expires"}) == rows.front());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TokenTextTest);

}  // namespace gatehouse
