// SPDX-License-Identifier: Apache-2.0
#include "Policy.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class PolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PolicyTest);
    CPPUNIT_TEST(whatNamesNoScopeGetsTheUsualOnes);
    CPPUNIT_TEST(nothingBeyondItIsAdmitted);
    CPPUNIT_TEST(aHostIsComparedWhole);
    CPPUNIT_TEST(aTokenSaysItInItsPlace);
    CPPUNIT_TEST(whatCanNeverMatchIsTold);
    CPPUNIT_TEST_SUITE_END();

    const Policy policy_{{"openid", "email", "offline_access"},
                         {"authorization_code", "refresh_token", "client_credentials"},
                         {}};

    static bool isHostAllowed(const std::string& uri, std::vector<std::string> hosts) {
        const Policy policy{{"openid"}, {"authorization_code"}, std::move(hosts)};
        ValueMap metadata{{"redirect_uris", ValueList{uri}}};
        const auto admitted = policy.admit(metadata);
        CPPUNIT_ASSERT(admitted || admitted.error().detail.rfind("redirect_uris: ", 0) == 0);
        return bool(admitted);
    }

    std::string scopeOf(ValueList grants) {
        ValueMap metadata{{"grant_types", std::move(grants)}};
        CPPUNIT_ASSERT(policy_.admit(metadata));
        return std::string(metadata.text("scope"));
    }

public:
    void whatNamesNoScopeGetsTheUsualOnes() {
        CPPUNIT_ASSERT_EQUAL(std::string("openid email"), scopeOf({}));
        CPPUNIT_ASSERT_EQUAL(std::string("openid email offline_access"),
                             scopeOf({"authorization_code", "refresh_token"}));
        CPPUNIT_ASSERT_EQUAL(std::string(), scopeOf({"client_credentials"}));
    }

    void nothingBeyondItIsAdmitted() {
        for (const auto& wrong :
             {ValueMap{{"scope", "openid orders"}}, ValueMap{{"grant_types", ValueList{"urn:x"}}},
              ValueMap{{"grant_types", "password"}}}) {
            ValueMap metadata = wrong;
            CPPUNIT_ASSERT(!policy_.admit(metadata));
        }
        ValueMap metadata{{"scope", "email"}};
        CPPUNIT_ASSERT(policy_.admit(metadata));
        CPPUNIT_ASSERT_EQUAL(std::string("email"), std::string(metadata.text("scope")));
    }

    void aHostIsComparedWhole() {
        CPPUNIT_ASSERT(isHostAllowed("https://a.example/cb", {"a.example"}));
        CPPUNIT_ASSERT(isHostAllowed("https://A.example:8443?x", {"a.EXAMPLE"}));
        CPPUNIT_ASSERT(isHostAllowed("https://b.a.example/cb", {"*.a.example"}));
        CPPUNIT_ASSERT(!isHostAllowed("https://a.example/cb", {"*.a.example"}));
        CPPUNIT_ASSERT(!isHostAllowed("https://xa.example/cb", {"a.example", "*.a.example"}));
        CPPUNIT_ASSERT(!isHostAllowed("https://a.example.b.example/cb", {"a.example"}));
        CPPUNIT_ASSERT(!isHostAllowed("https://b.example?a.example", {"a.example"}));
        CPPUNIT_ASSERT(!isHostAllowed("com.a.example://a.example/cb", {"a.example"}));
        CPPUNIT_ASSERT(!isHostAllowed("https://a.example@b.example/", {"a.example"}));
    }

    void whatCanNeverMatchIsTold() {
        CPPUNIT_ASSERT(policy_.check());
        CPPUNIT_ASSERT(Policy({{"orders:read"},
                               {"urn:ietf:params:oauth:grant-type:device_code"},
                               {"shop.example", "*.shop.example", "127.0.0.1", "[::1]"}})
                           .check());
        const auto setting = [](const Policy& policy) {
            const auto good = policy.check();
            CPPUNIT_ASSERT(!good);
            return good.error().detail.substr(0, good.error().detail.find(':'));
        };
        for (const char* scope : {"", "openid email", "a\"b", "a\\b", "\u00e4"}) {
            CPPUNIT_ASSERT_EQUAL(std::string("scopes"), setting({{scope}, {}, {}}));
        }
        for (const char* grant : {"", "authorisation_code", "urn:", ":x", "urn:x y"}) {
            CPPUNIT_ASSERT_EQUAL(std::string("grants"), setting({{}, {grant}, {}}));
        }
        for (const char* host : {"", "*", "*.", "https://shop.example", "shop.example/", "a b",
                                 "a.*.example", "shop.example:443", "*.*.example"}) {
            CPPUNIT_ASSERT_EQUAL(std::string("redirect_hosts"), setting({{}, {}, {host}}));
        }
    }

    void aTokenSaysItInItsPlace() {
        const auto both = policy_.with(policyFrom(policyValue({{"orders"}, {}, {"a.example"}})));
        CPPUNIT_ASSERT(both.scopes == std::vector<std::string>{"orders"});
        CPPUNIT_ASSERT(both.grants == policy_.grants);
        CPPUNIT_ASSERT(both.redirectHosts == std::vector<std::string>{"a.example"});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PolicyTest);

}  // namespace gatehouse
