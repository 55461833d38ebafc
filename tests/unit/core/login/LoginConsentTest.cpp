// SPDX-License-Identifier: Apache-2.0
#include "LoginAsserts.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// What people are asked to allow, and what not again.
class LoginConsentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginConsentTest);
    CPPUNIT_TEST(whoIsSignedInAndConsentedIsNotAskedAgain);
    CPPUNIT_TEST(aSecondSiteNeedsConsentButNoLogin);
    CPPUNIT_TEST(moreThanBeforeIsAskedAgain);
    CPPUNIT_TEST(deniedConsentIsAccessDenied);
    CPPUNIT_TEST(aVouchedForClientNeedsNoConsent);
    CPPUNIT_TEST(lastingAccessIsGivenOnlyByAConsent);
    CPPUNIT_TEST(aConsentThatIsTakenBackMeanwhileGivesNoCode);
    CPPUNIT_TEST(whatAnotherTabChangesMeanwhileHoldsNobodyUp);
    CPPUNIT_TEST(eachResourceIsAskedForOnce);
    CPPUNIT_TEST_SUITE_END();

    LoginBed bed_;
    FakeBrowser browser_;

public:
    void whoIsSignedInAndConsentedIsNotAskedAgain() {
        const auto first = bed_.redeem(bed_.journey(browser_));
        bed_.host.fakeClock.advance(seconds{60});
        const auto answer = bed_.authorize(browser_);
        assertBack(answer);
        const auto second = bed_.redeem(answer);
        CPPUNIT_ASSERT_EQUAL(first->subject.sub, second->subject.sub);
        CPPUNIT_ASSERT(first->authentication.time == second->authentication.time);
        CPPUNIT_ASSERT_EQUAL(first->authentication.sessionId, second->authentication.sessionId);
    }

    void aSecondSiteNeedsConsentButNoLogin() {
        bed_.journey(browser_);
        const auto answer = bed_.follow(browser_, bed_.authorize(browser_, "client_id=other"));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), answer.page.name);
        assertBack(bed_.decide(browser_, answer, "allow"));
        assertBack(bed_.authorize(browser_, "client_id=other"));
    }

    void moreThanBeforeIsAskedAgain() {
        bed_.journey(browser_);
        const auto answer = bed_.follow(browser_, bed_.authorize(browser_, "scope=openid phone"));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), answer.page.name);
        assertBack(bed_.decide(browser_, answer, "allow"));
        assertBack(bed_.authorize(browser_, "scope=openid email phone"));
    }

    void deniedConsentIsAccessDenied() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto consent = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        assertError("access_denied", bed_.decide(browser_, consent, "deny"));
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("consent").empty());
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("authorization_code").empty());
    }

    void aVouchedForClientNeedsNoConsent() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_, "client_id=vouched"));
        assertBack(bed_.follow(browser_, bed_.logIn(browser_, login, "ada")));
    }

    void lastingAccessIsGivenOnlyByAConsent() {
        const auto* lasting = "scope=openid offline_access";
        CPPUNIT_ASSERT_EQUAL(std::string("openid"),
                             bed_.redeem(bed_.journey(browser_, lasting))->scopes.text());
        const auto asked = bed_.journey(browser_, std::string(lasting) + "&prompt=consent");
        CPPUNIT_ASSERT_EQUAL(std::string("openid offline_access"),
                             bed_.redeem(asked)->scopes.text());
        const auto remembered = bed_.authorize(browser_, lasting);
        CPPUNIT_ASSERT_EQUAL(std::string("openid offline_access"),
                             bed_.redeem(remembered)->scopes.text());
    }

    void aConsentThatIsTakenBackMeanwhileGivesNoCode() {
        const auto sub = bed_.redeem(bed_.journey(browser_))->subject.sub;
        const auto before = bed_.host.fakeRecords.all("authorization_code").size();
        bed_.host.fakeRecords.meanwhile = [&] {
            CPPUNIT_ASSERT(*bed_.consents.withdraw(bed_.context, sub, "site", {}));
        };
        const auto asked = bed_.follow(browser_, bed_.authorize(browser_));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), asked.page.name);
        CPPUNIT_ASSERT_EQUAL(before, bed_.host.fakeRecords.all("authorization_code").size());
        assertBack(bed_.decide(browser_, asked, "allow"));
    }

    void whatAnotherTabChangesMeanwhileHoldsNobodyUp() {
        bed_.journey(browser_);
        bed_.host.fakeRecords.meanwhile = [this] {
            FakeBrowser tab = browser_;
            assertBack(bed_.authorize(tab, "client_id=vouched"));
        };
        assertBack(bed_.authorize(browser_));
    }

    void eachResourceIsAskedForOnce() {
        bed_.journey(browser_);
        const auto asked = bed_.follow(browser_, bed_.authorize(browser_, "resource=urn:a"));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), asked.page.name);
        assertBack(bed_.decide(browser_, asked, "allow"));
        assertBack(bed_.authorize(browser_, "resource=urn:a"));
        assertBack(bed_.authorize(browser_));
        assertError("consent_required", bed_.authorize(browser_, "resource=urn:b&prompt=none"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginConsentTest);

}  // namespace gatehouse
