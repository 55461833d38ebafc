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
    CPPUNIT_TEST(aDeclaredClaimIsToldWhereItsRuleSays);
    CPPUNIT_TEST(aClientMayBeToldMoreWhereItsScopesAllow);
    CPPUNIT_TEST(declaredClaimsAndScopesAreListed);
    CPPUNIT_TEST_SUITE_END();

    const ValueMap ann_{{"name", "Ann"},
                        {"nickname", ""},
                        {"website", Value()},
                        {"email", "ann@example"},
                        {"email_verified", true},
                        {"password", "hash"},
                        {"groups", ValueList{"staff"}}};
    const ClaimsPolicy standard_;
    const ClaimsPolicy declared_{
        {{"email", "email", ClaimKind::email},
         {"groups", "groups", ClaimKind::list, {ClaimTarget::userinfo, ClaimTarget::accessToken}}}};

    ValueMap told(const ScopeSet& scopes) const {
        return standard_.told(ann_, scopes, ClaimTarget::userinfo);
    }

public:
    void scopesStandForTheirClaims() {
        const auto claims = told({"openid", "email"});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, claims.size());
        CPPUNIT_ASSERT_EQUAL(std::string_view("ann@example"), claims.text("email"));
        CPPUNIT_ASSERT(*claims.find("email_verified")->boolean());
    }

    void aRequestedClaimIsGivenWithoutItsScope() {
        const auto claims = standard_.asked(ann_, {{"name", ValueMap{{"essential", true}}}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, claims.size());
        CPPUNIT_ASSERT_EQUAL(std::string_view("Ann"), claims.text("name"));
    }

    void nullAndEmptyTextAreNeverGiven() {
        const auto claims = told({"profile"});
        CPPUNIT_ASSERT(!claims.contains("nickname"));
        CPPUNIT_ASSERT(!claims.contains("website"));
    }

    void whatTheStoreKnowsBesidesStaysInside() {
        CPPUNIT_ASSERT(!told({"profile", "email"}).contains("password"));
        CPPUNIT_ASSERT(standard_.asked(ann_, {{"password", Value()}, {"groups", Value()}}).empty());
    }

    void aStoreDoesNotSayWhatIsTheServers() {
        const ValueMap mallory{{"sub", "ann"}, {"iss", "https://evil.example"}, {"acr", "high"}};
        CPPUNIT_ASSERT(standard_.told(mallory, {"openid"}, ClaimTarget::userinfo).empty());
        CPPUNIT_ASSERT(standard_.asked(mallory, mallory).empty());
    }

    void aDeclaredClaimIsToldWhereItsRuleSays() {
        for (const auto target : {ClaimTarget::userinfo, ClaimTarget::accessToken}) {
            CPPUNIT_ASSERT(declared_.told(ann_, {"groups"}, target).contains("groups"));
            CPPUNIT_ASSERT(!declared_.told(ann_, {"email"}, target).contains("groups"));
        }
        CPPUNIT_ASSERT(declared_.told(ann_, {"groups"}, ClaimTarget::idToken).empty());
    }

    void aClientMayBeToldMoreWhereItsScopesAllow() {
        const auto claims =
            declared_.told(ann_, {"email"}, ClaimTarget::idToken, {"email", "groups", "password"});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, claims.size());
        CPPUNIT_ASSERT(claims.contains("email"));
    }

    void declaredClaimsAndScopesAreListed() {
        CPPUNIT_ASSERT_EQUAL(std::string("groups"), declared_.scopes().back());
        CPPUNIT_ASSERT_EQUAL(std::string("groups"), declared_.claims().back());
        CPPUNIT_ASSERT_EQUAL(
            std::string("groups"),
            declared_.scopesOf({{"groups", Value()}, {"no_such", Value()}}).text());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClaimsPolicyTest);

}  // namespace gatehouse
