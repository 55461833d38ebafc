// SPDX-License-Identifier: Apache-2.0
#include "token/ClaimRule.h"

#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ClaimRuleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClaimRuleTest);
    CPPUNIT_TEST(aDateIsOneOfTheCalendar);
    CPPUNIT_TEST(anAddressIsMadeOfItsParts);
    CPPUNIT_TEST(addressesOfMailAndPagesLookLikeOnes);
    CPPUNIT_TEST(kindsAreToldApart);
    CPPUNIT_TEST_SUITE_END();

    static void check(ClaimKind kind, bool isGood, const std::vector<std::string>& values) {
        for (const auto& text : values) {
            const auto value = parseJson(text);
            CPPUNIT_ASSERT_MESSAGE(text, value);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, isGood, claimProblem(kind, *value).empty());
        }
    }

public:
    void aDateIsOneOfTheCalendar() {
        check(ClaimKind::date, true,
              {R"("1990-12-31")", R"("0000-02-29")", R"("2024-02-29")", R"("1990")"});
        check(ClaimKind::date, false,
              {R"("yesterday")", R"("1990-13-01")", R"("1990-02-29")", R"("1990-00-10")",
               R"("1990-1-1")", R"("31.12.1990")", R"("")", "1990", R"("1990-12-31T00:00")"});
    }

    void anAddressIsMadeOfItsParts() {
        check(ClaimKind::address, true, {R"({"locality":"Bremen","country":"DE"})"});
        check(ClaimKind::address, false,
              {"{}", R"("Bremen")", R"({"city":"Bremen"})", R"({"locality":28195})",
               R"({"locality":""})"});
    }

    void addressesOfMailAndPagesLookLikeOnes() {
        check(ClaimKind::email, true, {R"("ann@example.org")", R"("jürgen@bücher.example")"});
        check(ClaimKind::email, false, {R"("ann")", R"("@example.org")", R"("ann@")", "true"});
        check(ClaimKind::url, true, {R"("https://example.org/ann.png")"});
        check(ClaimKind::url, false, {R"("example.org")", R"("javascript:x")", R"("https://")"});
    }

    void kindsAreToldApart() {
        check(ClaimKind::list, true, {R"(["staff","admins"])", "[]"});
        check(ClaimKind::list, false, {R"("[\"staff\"]")", "[1]", R"([""])", "{}"});
        check(ClaimKind::boolean, true, {"true", "false"});
        check(ClaimKind::boolean, false, {R"("true")", "1"});
        check(ClaimKind::number, true, {"0", "-3", "1.5"});
        check(ClaimKind::number, false, {R"("1")", "true"});
        check(ClaimKind::object, true, {"{}"});
        check(ClaimKind::object, false, {"[]"});
        check(ClaimKind::text, false, {R"("")", "null", "1"});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClaimRuleTest);

}  // namespace gatehouse
