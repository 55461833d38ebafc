// SPDX-License-Identifier: Apache-2.0
#include "IdTokenRules.h"

#include "jose/IdTokenHash.h"

#include <cppunit/extensions/HelperMacros.h>

#include <utility>
#include <vector>

namespace gatehouse {

class IdTokenRulesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IdTokenRulesTest);
    CPPUNIT_TEST(aGoodOneIsTaken);
    CPPUNIT_TEST(eachRuleIsHeld);
    CPPUNIT_TEST(severalAudiencesNeedAParty);
    CPPUNIT_TEST(theHashGoesWithTheAlgorithm);
    CPPUNIT_TEST(freshIsSinceTheyWereSent);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::int64_t now_ = 1'700'000'000;

    static VerifiedJwt good() {
        return {{{"alg", "RS256"}, {"typ", "JWT"}},
                {{"iss", "https://op.example"},
                 {"aud", "here"},
                 {"sub", "s"},
                 {"nonce", "n"},
                 {"iat", now_},
                 {"exp", now_ + 300}}};
    }
    static std::string problem(const VerifiedJwt& jwt) {
        return idTokenProblem(jwt, {"https://op.example", "here", "n", "token"}, fromSeconds(now_));
    }

public:
    void aGoodOneIsTaken() {
        auto jwt = good();
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(jwt));
        jwt.header.erase("typ");
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(jwt));
        jwt.claims.set("azp", "here");
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(jwt));
    }

    void eachRuleIsHeld() {
        const std::vector<std::pair<const char*, Value>> wrong{{"iss", "https://op.example/"},
                                                               {"iss", Value()},
                                                               {"aud", "there"},
                                                               {"aud", ValueList{}},
                                                               {"azp", "there"},
                                                               {"azp", 1},
                                                               {"nonce", "m"},
                                                               {"nonce", ""},
                                                               {"sub", ""},
                                                               {"sub", std::string(256, 'x')},
                                                               {"sub", 1},
                                                               {"iat", "now"},
                                                               {"iat", now_ + 600},
                                                               {"exp", now_},
                                                               {"exp", Value()},
                                                               {"exp", now_ + 30 * 86'400},
                                                               {"nbf", now_ + 600},
                                                               {"at_hash", "x"},
                                                               {"at_hash", 1}};
        for (const auto& [name, value] : wrong) {
            auto jwt = good();
            jwt.claims.set(name, value);
            CPPUNIT_ASSERT_MESSAGE(name, !problem(jwt).empty());
        }
        for (const char* name : {"iss", "aud", "sub", "nonce", "iat", "exp"}) {
            auto jwt = good();
            jwt.claims.erase(name);
            CPPUNIT_ASSERT_MESSAGE(name, !problem(jwt).empty());
        }
        auto jwt = good();
        jwt.header.set("typ", "at+jwt");
        CPPUNIT_ASSERT(!problem(jwt).empty());
    }

    void severalAudiencesNeedAParty() {
        auto jwt = good();
        jwt.claims.set("aud", ValueList{"there", "here"});
        CPPUNIT_ASSERT(!problem(jwt).empty());
        jwt.claims.set("azp", "here");
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(jwt));
    }

    void theHashGoesWithTheAlgorithm() {
        for (const char* algorithm : {"RS256", "ES384", "PS512", "EdDSA"}) {
            auto jwt = good();
            jwt.header.set("alg", algorithm);
            jwt.claims.set("at_hash", idTokenHash(algorithm, "token"));
            CPPUNIT_ASSERT_EQUAL(std::string(), problem(jwt));
            jwt.claims.set("at_hash", idTokenHash(algorithm, "another"));
            CPPUNIT_ASSERT(!problem(jwt).empty());
        }
    }

    void freshIsSinceTheyWereSent() {
        const auto at = [](std::int64_t time) { return ValueMap{{"auth_time", time}}; };
        const auto asked = fromSeconds(now_ - 100);
        const auto now = fromSeconds(now_);
        CPPUNIT_ASSERT(isFresh(at(now_ - 90), seconds{0}, asked, now));
        CPPUNIT_ASSERT_MESSAGE("clocks differ", isFresh(at(now_ - 150), seconds{0}, asked, now));
        CPPUNIT_ASSERT(!isFresh(at(now_ - 161), seconds{0}, asked, now));
        CPPUNIT_ASSERT(isFresh(at(now_ - 3600), seconds{3600}, asked, now));
        CPPUNIT_ASSERT(!isFresh(at(now_ - 3700), seconds{3600}, asked, now));
        CPPUNIT_ASSERT(!isFresh({}, seconds{3600}, asked, now));
        CPPUNIT_ASSERT(!isFresh({{"auth_time", "now"}}, seconds{3600}, asked, now));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IdTokenRulesTest);

}  // namespace gatehouse
