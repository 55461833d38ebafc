// SPDX-License-Identifier: Apache-2.0
#include "LogoutTokenRules.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

class LogoutTokenRulesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LogoutTokenRulesTest);
    CPPUNIT_TEST(aGoodOneIsTaken);
    CPPUNIT_TEST(eachRuleIsHeld);
    CPPUNIT_TEST(itIsGoodForMinutes);
    CPPUNIT_TEST(itIsRememberedAsLongAsItIsGood);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t now_ = 1'700'000'000;
    static constexpr const char* event_ = "http://schemas.openid.net/event/backchannel-logout";

    static VerifiedJwt good() {
        return {{{"alg", "RS256"}, {"typ", "logout+jwt"}},
                {{"iss", "https://op.example"},
                 {"aud", "here"},
                 {"sub", "s"},
                 {"jti", "j"},
                 {"iat", now_},
                 {"exp", now_ + 120},
                 {"events", ValueMap{{event_, ValueMap()}}}}};
    }
    static std::string problem(const VerifiedJwt& token, std::int64_t now = now_) {
        return logoutTokenProblem(token, "https://op.example", "here", fromSeconds(now));
    }

public:
    void aGoodOneIsTaken() {
        auto token = good();
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(token));
        for (const char* type : {"JWT", "LOGOUT+JWT"}) {
            token.header.set("typ", type);
            CPPUNIT_ASSERT_EQUAL(std::string(), problem(token));
        }
        token.header.erase("typ");
        token.claims.erase("exp");
        token.claims.set("sid", "1");
        token.claims.set("aud", ValueList{"there", "here"});
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(token));
    }

    void eachRuleIsHeld() {
        const std::vector<std::pair<const char*, Value>> wrong{
            {"iss", "https://op.example/"},
            {"iss", Value()},
            {"aud", "there"},
            {"aud", ValueList{}},
            {"sub", ""},
            {"sub", 1},
            {"sub", std::string(256, 'x')},
            {"jti", ""},
            {"jti", Value()},
            {"iat", Value()},
            {"iat", "now"},
            {"iat", now_ + 600},
            {"iat", now_ - 600},
            {"exp", "soon"},
            {"exp", Value()},
            {"exp", now_ - 100},
            {"nonce", "n"},
            {"nonce", Value()},
            {"events", Value()},
            {"events", event_},
            {"events", ValueList{event_}},
            {"events", ValueMap()},
            {"events", ValueMap{{event_, true}}},
            {"events", ValueMap{{"https://op.example/other", ValueMap()}}}};
        for (const auto& [name, value] : wrong) {
            auto token = good();
            token.claims.set(name, value);
            CPPUNIT_ASSERT_MESSAGE(name, !problem(token).empty());
        }
        for (const char* type : {"at+jwt", "secevent+jwt", "x"}) {
            auto token = good();
            token.header.set("typ", type);
            CPPUNIT_ASSERT_MESSAGE(type, !problem(token).empty());
        }
    }

    void itIsGoodForMinutes() {
        auto token = good();
        token.claims.erase("exp");
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(token, now_ + 299));
        CPPUNIT_ASSERT(!problem(token, now_ + 300).empty());
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(token, now_ - 60));
        CPPUNIT_ASSERT(!problem(token, now_ - 61).empty());
        token.claims.set("exp", now_ + 86'400);
        CPPUNIT_ASSERT_MESSAGE("whatever exp says", !problem(token, now_ + 300).empty());
    }

    void itIsRememberedAsLongAsItIsGood() {
        const LogoutTokenTimes times(good());
        CPPUNIT_ASSERT(times.from == fromSeconds(now_ - 60));
        CPPUNIT_ASSERT(times.until == fromSeconds(now_ + 300));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogoutTokenRulesTest);

}  // namespace gatehouse
