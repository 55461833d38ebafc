// SPDX-License-Identifier: Apache-2.0
#include "jose/JwtTimes.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdint>
#include <string>

namespace gatehouse {

class JwtTimesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JwtTimesTest);
    CPPUNIT_TEST(itIsGoodUntilItExpires);
    CPPUNIT_TEST(itExpiresSoon);
    CPPUNIT_TEST(itIsNotOfTheFuture);
    CPPUNIT_TEST(whatIsNoTimeIsRefused);
    CPPUNIT_TEST(itsFirstUseIsNotBeforeItsIssue);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t now = 1'800'000'000;
    static constexpr seconds longest{300};

    static std::string problem(const ValueMap& claims) {
        return JwtTimes(claims, longest).problem(fromSeconds(now));
    }
    static std::string with(std::string_view name, Value value) {
        ValueMap claims{{"exp", now + 60}};
        claims.set(name, std::move(value));
        return problem(claims);
    }
    static void isGood(std::string_view name, std::int64_t moment) {
        CPPUNIT_ASSERT_EQUAL(std::string(), with(name, moment));
    }
    static void isBad(std::string_view name, std::int64_t moment, const std::string& why) {
        CPPUNIT_ASSERT_EQUAL(why, with(name, moment));
    }
    static std::int64_t earliest(const ValueMap& claims) {
        return toSeconds(JwtTimes(claims, longest).earliestUse()) - now;
    }

public:
    void itIsGoodUntilItExpires() {
        isGood("exp", now + 1);
        isBad("exp", now, "the assertion expired 0 s ago");
        isBad("exp", now - 5, "the assertion expired 5 s ago");
        CPPUNIT_ASSERT_EQUAL(now + 60, toSeconds(JwtTimes({{"exp", now + 60}}, longest).expires()));
    }

    void itExpiresSoon() {
        isGood("exp", now + 360);
        isBad("exp", now + 361, "exp of the assertion is more than 300 s ahead");
    }

    void itIsNotOfTheFuture() {
        for (const std::string name : {"nbf", "iat"}) {
            isGood(name, now + 60);
            isGood(name, now - 10'000);
            isBad(name, now + 61, name + " of the assertion is 61 s ahead");
        }
    }

    void whatIsNoTimeIsRefused() {
        CPPUNIT_ASSERT_EQUAL(std::string("the assertion has no usable exp"), problem({}));
        for (const Value& odd : {Value("1"), Value(), Value(true), Value(ValueList{1})}) {
            CPPUNIT_ASSERT_EQUAL(std::string("the assertion has no usable exp"), with("exp", odd));
            CPPUNIT_ASSERT_EQUAL(std::string("nbf of the assertion is no time"), with("nbf", odd));
            CPPUNIT_ASSERT_EQUAL(std::string("iat of the assertion is no time"), with("iat", odd));
        }
    }

    void itsFirstUseIsNotBeforeItsIssue() {
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-300}, earliest({{"exp", now + 60}}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-70}, earliest({{"exp", now + 60}, {"iat", now - 10}}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-300}, earliest({{"exp", now + 60}, {"iat", now - 900}}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JwtTimesTest);

}  // namespace gatehouse
