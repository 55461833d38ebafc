// SPDX-License-Identifier: Apache-2.0
#include "token/ClaimsPolicy.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ClaimsPolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClaimsPolicyTest);
    CPPUNIT_TEST(scopesStandForTheirClaims);
    CPPUNIT_TEST(aRequestedClaimIsGivenWithoutItsScope);
    CPPUNIT_TEST(nullAndEmptyTextAreNeverGiven);
    CPPUNIT_TEST(whatTheStoreKnowsBesidesStaysInside);
    CPPUNIT_TEST(aStoreDoesNotSayWhatIsTheServers);
    CPPUNIT_TEST_SUITE_END();

    const ValueMap ann_{{"name", "Ann"},          {"nickname", ""},         {"website", Value()},
                        {"email", "ann@example"}, {"email_verified", true}, {"password", "hash"}};

public:
    void scopesStandForTheirClaims() {
        const auto claims = ClaimsPolicy::select(ann_, {"openid", "email"}, {});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, claims.size());
        CPPUNIT_ASSERT_EQUAL(std::string_view("ann@example"), claims.text("email"));
        CPPUNIT_ASSERT(*claims.find("email_verified")->boolean());
    }

    void aRequestedClaimIsGivenWithoutItsScope() {
        const auto claims =
            ClaimsPolicy::select(ann_, {"openid"}, {{"name", ValueMap{{"essential", true}}}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, claims.size());
        CPPUNIT_ASSERT_EQUAL(std::string_view("Ann"), claims.text("name"));
    }

    void nullAndEmptyTextAreNeverGiven() {
        const auto claims = ClaimsPolicy::select(ann_, {"profile"}, {});
        CPPUNIT_ASSERT(!claims.contains("nickname"));
        CPPUNIT_ASSERT(!claims.contains("website"));
    }

    void whatTheStoreKnowsBesidesStaysInside() {
        CPPUNIT_ASSERT(!ClaimsPolicy::select(ann_, {"profile", "email"}, {{"password", Value()}})
                            .contains("password"));
    }

    void aStoreDoesNotSayWhatIsTheServers() {
        const ValueMap mallory{{"sub", "ann"}, {"iss", "https://evil.example"}, {"acr", "high"}};
        CPPUNIT_ASSERT(ClaimsPolicy::select(mallory, {"openid"}, mallory).empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClaimsPolicyTest);

}  // namespace gatehouse
