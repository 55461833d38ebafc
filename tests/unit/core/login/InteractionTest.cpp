// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdint>

namespace gatehouse {

/// What protects the pages between the request and its answer.
class InteractionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InteractionTest);
    CPPUNIT_TEST(itsAddressIsLongAndNeverTheSame);
    CPPUNIT_TEST(itsAddressIsWorthNothingInAnotherBrowser);
    CPPUNIT_TEST(aFormWithoutItsTokenIsRefused);
    CPPUNIT_TEST(theTokenOfAnotherInteractionIsRefused);
    CPPUNIT_TEST(whoSignedInMeanwhileCannotConsentForAnother);
    CPPUNIT_TEST(twoFirstTabsCanBothSignIn);
    CPPUNIT_TEST(onlyWhatThePageShowedIsAllowed);
    CPPUNIT_TEST(anOldConsentAddressGivesNoCodeAfterAForcedLogin);
    CPPUNIT_TEST(inAnotherBrowserThePageLeadsBackToTheSite);
    CPPUNIT_TEST(aScopeCalledOtherIsNamed);
    CPPUNIT_TEST(nothingIsStoredBeforeSomebodyHasSignedIn);
    CPPUNIT_TEST(anUnknownOneIsAPage);
    CPPUNIT_TEST(anExpiredOneCanBeStartedAgain);
    CPPUNIT_TEST(anExpiredOneIsNotStartedInAnotherBrowser);
    CPPUNIT_TEST(aButtonPressedTwiceGivesTheSameAnswer);
    CPPUNIT_TEST(aLoginSentTwiceGivesTheSameAnswer);
    CPPUNIT_TEST(anOldAnswerIsNotGivenAgain);
    CPPUNIT_TEST(whatAnAnswerGaveIsKeptSealed);
    CPPUNIT_TEST(backAfterTheAnswerDoesNotAnswerAgain);
    CPPUNIT_TEST(whoSignedOutBeforeTheConsentSignsInAgain);
    CPPUNIT_TEST(itsAddressTellsNothingAndCannotBeChanged);
    CPPUNIT_TEST(itLivesAcrossMidnightAndNotAnotherDay);
    CPPUNIT_TEST(aLongRequestStaysAnAddress);
    CPPUNIT_TEST(aRequestThatIsTooLongIsRefused);
    CPPUNIT_TEST(aLongUserNameDoesNotGrowTheAddress);
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
        bed_.authorize(browser_);
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
        const auto asked = bed_.follow(browser_, bed_.decide(browser_, page, "allow"));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), asked.page.name);
        CPPUNIT_ASSERT(asked.page.values.text("person") == "grace");
        CPPUNIT_ASSERT(isBack(bed_.decide(browser_, other, "allow")));
    }

    void twoFirstTabsCanBothSignIn() {
        FakeBrowser second =
            browser_;  // its request is sent before the first one's answer is there
        const auto one = bed_.authorize(browser_).location;
        const auto two = bed_.authorize(second).location;
        for (const auto& [name, value] : second.cookies) {
            browser_.cookies[name] = value;
        }
        const auto first = bed_.open(browser_, one);
        for (const auto& page : {first, bed_.open(browser_, two)}) {
            CPPUNIT_ASSERT_EQUAL(std::string("login"), page.page.name);
            CPPUNIT_ASSERT(!bed_.logIn(browser_, page, "ada").location.empty());
        }
    }

    void onlyWhatThePageShowedIsAllowed() {
        const auto lasting = "scope=openid email offline_access";
        const auto login = bed_.follow(browser_, bed_.authorize(browser_, lasting));
        const auto page = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, page.page.values.find("scopes")->list()->size());
        bed_.journey(browser_, "scope=openid offline_access&prompt=consent");
        const auto more = bed_.follow(browser_, bed_.decide(browser_, page, "allow"));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), more.page.name);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, more.page.values.find("scopes")->list()->size());
        CPPUNIT_ASSERT(isBack(bed_.decide(browser_, more, "allow")));
    }

    void anOldConsentAddressGivesNoCodeAfterAForcedLogin() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_, "prompt=login"));
        const auto address = bed_.logIn(browser_, login, "ada").location;
        const auto page = bed_.open(browser_, address);
        CPPUNIT_ASSERT(isBack(bed_.decide(browser_, page, "allow")));
        bed_.journey(browser_, "client_id=other");
        const auto again = bed_.follow(browser_, bed_.open(browser_, address));
        CPPUNIT_ASSERT_EQUAL(std::string("login"), again.page.name);
    }

    void inAnotherBrowserThePageLeadsBackToTheSite() {
        bed_.registered.front().metadata = {{"client_uri", "https://site.example/"}};
        const auto address = bed_.authorize(browser_).location;
        FakeBrowser later;
        const auto answer = bed_.open(later, address);
        CPPUNIT_ASSERT_EQUAL(403, answer.status);
        CPPUNIT_ASSERT(answer.page.values.text("link") == "https://site.example/");
        CPPUNIT_ASSERT(answer.page.values.text("link_text") == "Go to The Site");
    }

    void aScopeCalledOtherIsNamed() {
        bed_.registered.front().scopes = ScopeSet::parse("openid other");
        const auto login = bed_.follow(browser_, bed_.authorize(browser_, "scope=other"));
        const auto page = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        const auto& words = *page.page.values.find("scopes")->list();
        CPPUNIT_ASSERT(words.front().text()->find("other") != std::string::npos);
    }

    void nothingIsStoredBeforeSomebodyHasSignedIn() {
        bed_.host.fakeRecords.fail(Error::unavailable("away"));
        const auto page = login();
        CPPUNIT_ASSERT_EQUAL(std::string("login"), page.page.name);
        const auto refused =
            bed_.post(browser_, LoginBed::actionOf(page),
                      {{"csrf", LoginBed::csrfOf(page)}, {"username", ""}, {"password", "secret"}});
        CPPUNIT_ASSERT_EQUAL(std::string("login"), refused.page.name);
        const auto cancel = std::string(refused.page.values.text("cancel"));
        const auto back = bed_.post(browser_, cancel, {{"csrf", LoginBed::csrfOf(refused)}});
        CPPUNIT_ASSERT_EQUAL(std::string("access_denied"),
                             std::string(LoginBed::back(back).text("error")));
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

    void aButtonPressedTwiceGivesTheSameAnswer() {
        const auto page = consent();
        const auto first = bed_.decide(browser_, page, "allow");
        CPPUNIT_ASSERT(isBack(first));
        CPPUNIT_ASSERT_EQUAL(first.location, bed_.decide(browser_, page, "allow").location);
        CPPUNIT_ASSERT(bed_.redeem(first));
    }

    /// The browser may have the cookie of the first answer, or not.
    void aLoginSentTwiceGivesTheSameAnswer() {
        bed_.journey(browser_);
        for (const bool isFirstHeard : {true, false}) {
            const auto page = bed_.follow(browser_, bed_.authorize(browser_, "prompt=login"));
            FakeBrowser before = browser_;
            const auto first = bed_.logIn(browser_, page, "ada");
            CPPUNIT_ASSERT(isBack(first));
            FakeBrowser& presser = isFirstHeard ? browser_ : before;
            CPPUNIT_ASSERT_EQUAL(first.location, bed_.logIn(presser, page, "ada").location);
            CPPUNIT_ASSERT_MESSAGE("and is signed in", isBack(bed_.authorize(presser)));
            browser_ = presser;
        }
    }

    void anOldAnswerIsNotGivenAgain() {
        const auto page = consent();
        CPPUNIT_ASSERT(isBack(bed_.decide(browser_, page, "allow")));
        bed_.host.fakeClock.advance(seconds{61});
        const auto late = bed_.decide(browser_, page, "allow");
        CPPUNIT_ASSERT_EQUAL(400, late.status);
        CPPUNIT_ASSERT_EQUAL(std::string(), late.location);
    }

    void whatAnAnswerGaveIsKeptSealed() {
        const std::string code(
            LoginBed::back(bed_.decide(browser_, consent(), "allow")).text("code"));
        const auto marks = bed_.host.records().list(bed_.context, "answered_request", {}, {}, 10);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, marks->records.size());
        CPPUNIT_ASSERT(marks->records.front().payload.find(code) == std::string::npos);
    }

    void backAfterTheAnswerDoesNotAnswerAgain() {
        const auto first = login();
        const auto page = bed_.follow(browser_, bed_.logIn(browser_, first, "ada"));
        CPPUNIT_ASSERT(isBack(bed_.decide(browser_, page, "allow")));
        for (const auto& address : {LoginBed::actionOf(page), LoginBed::actionOf(first)}) {
            const auto late = bed_.open(browser_, address);
            CPPUNIT_ASSERT_EQUAL(400, late.status);
            CPPUNIT_ASSERT(late.page.values.text("link").empty());
        }
        CPPUNIT_ASSERT_MESSAGE("another request is another interaction",
                               isBack(bed_.authorize(browser_)));
    }

    void whoSignedOutBeforeTheConsentSignsInAgain() {
        const auto page = consent();
        CPPUNIT_ASSERT(bed_.signOut(browser_));
        const auto again = bed_.follow(browser_, bed_.decide(browser_, page, "allow"));
        CPPUNIT_ASSERT_EQUAL(std::string("login"), again.page.name);
        const auto more = bed_.follow(browser_, bed_.logIn(browser_, again, "ada"));
        CPPUNIT_ASSERT(isBack(bed_.decide(browser_, more, "allow")));
    }

    void itsAddressTellsNothingAndCannotBeChanged() {
        const auto address = LoginBed::actionOf(login());
        const auto id = LoginBed::split(address).first;
        CPPUNIT_ASSERT(fromBase64url(id).value().find("site.example") == std::string::npos);
        for (std::size_t at = 0; at < id.size(); at += 7) {
            auto changed = id;
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            CPPUNIT_ASSERT_EQUAL(400,
                                 bed_.open(browser_, "/interaction/" + changed + "/login").status);
        }
    }

    void itLivesAcrossMidnightAndNotAnotherDay() {
        const auto now = bed_.host.clock().now().time_since_epoch();
        const milliseconds day{std::chrono::hours{24}};
        const auto untilMidnight = day - now % day;
        bed_.host.fakeClock.advance(untilMidnight - seconds{60});
        const auto page = login();
        bed_.host.fakeClock.advance(seconds{120});
        CPPUNIT_ASSERT_EQUAL(std::string("consent"),
                             bed_.follow(browser_, bed_.logIn(browser_, page, "ada")).page.name);
        const auto today = bed_.authorize(browser_);
        bed_.host.fakeClock.set(bed_.host.clock().now() - seconds{120});
        CPPUNIT_ASSERT_EQUAL_MESSAGE("a clock that is still in yesterday", std::string("consent"),
                                     bed_.follow(browser_, today).page.name);
        bed_.host.fakeClock.advance(std::chrono::hours{48});
        CPPUNIT_ASSERT(
            bed_.open(browser_, LoginBed::actionOf(page)).page.values.text("link").empty());
    }

    /// As many characters of a `state` as it takes; they do not compress well.
    static std::string stateOf(std::size_t size) {
        std::string bytes;
        for (std::uint32_t seed = 1; bytes.size() < size; seed = seed * 1664525U + 1013904223U) {
            bytes += static_cast<char>(seed >> 24);
        }
        return base64url(bytes).substr(0, size);
    }

    void aLongRequestStaysAnAddress() {
        const auto state = stateOf(20'000);
        auto answer = bed_.follow(browser_, bed_.authorize(browser_, "state=" + state));
        CPPUNIT_ASSERT(LoginBed::actionOf(answer).size() < state.size() * 11 / 10);
        answer = bed_.follow(browser_, bed_.logIn(browser_, answer, "ada"));
        answer = bed_.decide(browser_, answer, "allow");
        CPPUNIT_ASSERT_EQUAL(state, std::string(LoginBed::back(answer).text("state")));
    }

    void aRequestThatIsTooLongIsRefused() {
        const auto answer = bed_.authorize(browser_, "state=" + stateOf(40'000));
        CPPUNIT_ASSERT_EQUAL(std::string("invalid_request"),
                             std::string(LoginBed::back(answer).text("error")));
    }

    void aLongUserNameDoesNotGrowTheAddress() {
        const auto page = login();
        const auto wrong = bed_.logIn(browser_, page, std::string(50'000, 'x'), "wrong");
        CPPUNIT_ASSERT_EQUAL(std::string("login"), wrong.page.name);
        CPPUNIT_ASSERT(LoginBed::actionOf(wrong).size() < 2000);
        CPPUNIT_ASSERT_EQUAL(std::string("consent"),
                             bed_.follow(browser_, bed_.logIn(browser_, wrong, "ada")).page.name);
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
