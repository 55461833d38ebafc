// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// What protects the pages between the request and its answer.
class InteractionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InteractionTest);
    CPPUNIT_TEST(itsAddressIsLongAndNeverTheSame);
    CPPUNIT_TEST(itsAddressIsWorthNothingInAnotherBrowser);
    CPPUNIT_TEST(aFormWithoutItsTokenIsRefused);
    CPPUNIT_TEST(theTokenOfAnotherInteractionIsRefused);
    CPPUNIT_TEST(whoSignedInMeanwhileCannotConsentForAnother);
    CPPUNIT_TEST(lookingAtAPageWritesNothing);
    CPPUNIT_TEST(anUnknownOneIsAPage);
    CPPUNIT_TEST(anExpiredOneCanBeStartedAgain);
    CPPUNIT_TEST(anExpiredOneIsNotStartedInAnotherBrowser);
    CPPUNIT_TEST(aButtonPressedTwiceStillLeadsToTheSite);
    CPPUNIT_TEST(whatWasAnsweredIsOverAfterAMoment);
    CPPUNIT_TEST(anotherIssuerDoesNotKnowIt);
    CPPUNIT_TEST(twoTabsGoOnBesideEachOther);
    CPPUNIT_TEST(whatTheBrowserKnewBeforeOpensNothingAfterTheLogin);
    CPPUNIT_TEST_SUITE_END();

    LoginBed bed_;
    FakeBrowser browser_;

    BrowserAnswer login() { return bed_.follow(browser_, bed_.authorize(browser_)); }
    BrowserAnswer consent() { return bed_.follow(browser_, bed_.logIn(browser_, login(), "ada")); }
    static bool isBack(const BrowserAnswer& answer) { return LoginBed::back(answer).has("code"); }

public:
    void itsAddressIsLongAndNeverTheSame() {
        const auto first = bed_.authorize(browser_).location;
        const auto second = bed_.authorize(browser_).location;
        CPPUNIT_ASSERT(first != second);
        CPPUNIT_ASSERT(LoginBed::split(first).first.size() >= 22);
        CPPUNIT_ASSERT_EQUAL(std::string("login"), LoginBed::split(first).second);
    }

    void itsAddressIsWorthNothingInAnotherBrowser() {
        const auto address = bed_.authorize(browser_).location;
        FakeBrowser stranger;
        bed_.authorize(stranger);
        const auto answer = bed_.open(stranger, address);
        CPPUNIT_ASSERT_EQUAL(403, answer.status);
        CPPUNIT_ASSERT(answer.page.values.text("csrf").empty());
        const auto page = consent();
        CPPUNIT_ASSERT_EQUAL(403, bed_.decide(stranger, page, "allow").status);
        FakeBrowser empty;
        CPPUNIT_ASSERT_EQUAL(403, bed_.decide(empty, page, "allow").status);
    }

    void aFormWithoutItsTokenIsRefused() {
        const auto page = login();
        for (const auto* token : {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
            const auto answer =
                bed_.post(browser_, LoginBed::actionOf(page),
                          {{"csrf", token}, {"username", "ada"}, {"password", "secret"}});
            CPPUNIT_ASSERT_EQUAL(403, answer.status);
        }
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
    }

    void theTokenOfAnotherInteractionIsRefused() {
        const auto first = login();
        const auto second = login();
        const auto answer = bed_.post(
            browser_, LoginBed::actionOf(first),
            {{"csrf", LoginBed::csrfOf(second)}, {"username", "ada"}, {"password", "secret"}});
        CPPUNIT_ASSERT_EQUAL(403, answer.status);
    }

    void whoSignedInMeanwhileCannotConsentForAnother() {
        const auto page = consent();
        const auto elsewhere = bed_.follow(browser_, bed_.authorize(browser_, "prompt=login"));
        const auto other = bed_.follow(browser_, bed_.logIn(browser_, elsewhere, "grace"));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), other.page.name);
        CPPUNIT_ASSERT_EQUAL(403, bed_.decide(browser_, page, "allow").status);
        CPPUNIT_ASSERT(isBack(bed_.decide(browser_, other, "allow")));
    }

    void lookingAtAPageWritesNothing() {
        const auto page = login();
        const auto before = bed_.host.fakeRecords.all("interaction").front().version;
        bed_.open(browser_, LoginBed::actionOf(page));
        CPPUNIT_ASSERT_EQUAL(before, bed_.host.fakeRecords.all("interaction").front().version);
    }

    void anUnknownOneIsAPage() {
        for (const auto* id : {"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "x", "%", ""}) {
            const auto answer = bed_.open(browser_, "/interaction/" + std::string(id) + "/login");
            CPPUNIT_ASSERT_EQUAL(400, answer.status);
            CPPUNIT_ASSERT_EQUAL(std::string("message"), answer.page.name);
            CPPUNIT_ASSERT(answer.page.values.text("link").empty());
        }
    }

    void anExpiredOneCanBeStartedAgain() {
        const auto page = login();
        bed_.host.fakeClock.advance(seconds{901});
        const auto expired = bed_.logIn(browser_, page, "ada");
        CPPUNIT_ASSERT_EQUAL(400, expired.status);
        const std::string link(expired.page.values.text("link"));
        CPPUNIT_ASSERT_EQUAL(std::string("restart"), LoginBed::split(link).second);
        const auto again = bed_.follow(browser_, bed_.open(browser_, link));
        CPPUNIT_ASSERT_EQUAL(std::string("login"), again.page.name);
        CPPUNIT_ASSERT(LoginBed::actionOf(again) != LoginBed::actionOf(page));
        const auto answer = bed_.decide(
            browser_, bed_.follow(browser_, bed_.logIn(browser_, again, "ada")), "allow");
        CPPUNIT_ASSERT_EQUAL(std::string("st"), std::string(LoginBed::back(answer).text("state")));
        bed_.host.fakeClock.advance(std::chrono::hours{13});
        CPPUNIT_ASSERT(bed_.open(browser_, link).page.values.text("link").empty());
    }

    void anExpiredOneIsNotStartedInAnotherBrowser() {
        const auto page = login();
        bed_.host.fakeClock.advance(seconds{901});
        FakeBrowser stranger;
        const auto restart =
            "/interaction/" + LoginBed::split(LoginBed::actionOf(page)).first + "/restart";
        CPPUNIT_ASSERT_EQUAL(403, bed_.open(stranger, restart).status);
    }

    void aButtonPressedTwiceStillLeadsToTheSite() {
        const auto page = consent();
        const auto first = bed_.decide(browser_, page, "allow");
        const auto second = bed_.decide(browser_, page, "allow");
        CPPUNIT_ASSERT(isBack(first));
        CPPUNIT_ASSERT(isBack(second));
        CPPUNIT_ASSERT(first.location != second.location);
    }

    void whatWasAnsweredIsOverAfterAMoment() {
        const auto page = consent();
        CPPUNIT_ASSERT(isBack(bed_.decide(browser_, page, "allow")));
        bed_.host.fakeClock.advance(seconds{11});
        const auto late = bed_.decide(browser_, page, "allow");
        CPPUNIT_ASSERT_EQUAL(400, late.status);
        CPPUNIT_ASSERT(late.page.values.text("link").empty());
    }

    void anotherIssuerDoesNotKnowIt() {
        const auto address = bed_.authorize(browser_).location;
        testkit::FakeContext second(2, "https://other.example.org");
        const auto answer =
            bed_.flow.showLogin(second, browser_.request(LoginBed::split(address).first));
        CPPUNIT_ASSERT_EQUAL(400, answer.status);
    }

    void twoTabsGoOnBesideEachOther() {
        const auto first = login();
        const auto second = login();
        CPPUNIT_ASSERT_EQUAL(std::string("consent"),
                             bed_.follow(browser_, bed_.logIn(browser_, first, "ada")).page.name);
        const auto onward = bed_.follow(browser_, bed_.open(browser_, LoginBed::actionOf(second)));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), onward.page.name);
        CPPUNIT_ASSERT(isBack(bed_.decide(browser_, onward, "allow")));
    }

    void whatTheBrowserKnewBeforeOpensNothingAfterTheLogin() {
        const auto page = login();
        FakeBrowser thief = browser_;
        CPPUNIT_ASSERT(isBack(bed_.decide(
            browser_, bed_.follow(browser_, bed_.logIn(browser_, page, "ada")), "allow")));
        const auto answer = bed_.authorize(thief, "prompt=none");
        CPPUNIT_ASSERT_EQUAL(std::string("login_required"),
                             std::string(LoginBed::back(answer).text("error")));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(InteractionTest);

}  // namespace gatehouse
