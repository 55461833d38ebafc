// SPDX-License-Identifier: Apache-2.0
#include "token/ScopePolicy.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ScopePolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ScopePolicyTest);
    CPPUNIT_TEST(noScopeMeansAllThatDoNotSpeakOfAPerson);
    CPPUNIT_TEST(aScopeTheClientIsNotRegisteredForIsRefused);
    CPPUNIT_TEST(aBlankIsNoScope);
    CPPUNIT_TEST(aScopeThatNeedsAPersonIsRefused);
    CPPUNIT_TEST(aPersonsTokensMayHaveItWhenItIsNamed);
    CPPUNIT_TEST(aScopeNamedTwiceIsGivenOnce);
    CPPUNIT_TEST_SUITE_END();

    const Subject itself_ = Subject::of(reporter());
    const Subject ann_ = Subject::person("local", "ann");

    static Client reporter() {
        Client client;
        client.scopes = {"openid", "reports.read", "reports.write"};
        return client;
    }

public:
    void noScopeMeansAllThatDoNotSpeakOfAPerson() {
        CPPUNIT_ASSERT_EQUAL(std::string("reports.read reports.write"),
                             ScopePolicy::requested(reporter(), itself_, "")->text());
    }

    void aScopeTheClientIsNotRegisteredForIsRefused() {
        const auto refused =
            ScopePolicy::requested(reporter(), itself_, "reports.read reports.delete");
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT(refused.error().code == OAuthCode::invalidScope);
    }

    void aBlankIsNoScope() {
        const auto refused = ScopePolicy::requested(reporter(), itself_, " ");
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT(refused.error().code == OAuthCode::invalidScope);
    }

    void aScopeThatNeedsAPersonIsRefused() {
        CPPUNIT_ASSERT(!ScopePolicy::requested(reporter(), itself_, "openid"));
    }

    void aPersonsTokensMayHaveItWhenItIsNamed() {
        CPPUNIT_ASSERT_EQUAL(std::string("openid"),
                             ScopePolicy::requested(reporter(), ann_, "openid")->text());
        CPPUNIT_ASSERT(!ScopePolicy::requested(reporter(), ann_, "profile"));
        CPPUNIT_ASSERT_EQUAL(std::string("reports.read reports.write"),
                             ScopePolicy::requested(reporter(), ann_, "")->text());
    }

    void aScopeNamedTwiceIsGivenOnce() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("reports.read"),
            ScopePolicy::requested(reporter(), itself_, "reports.read  reports.read")->text());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ScopePolicyTest);

}  // namespace gatehouse
