// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"
#include "login/SessionCookies.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// Several people signed in beside each other in one browser.
class LoginAccountsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginAccountsTest);
    CPPUNIT_TEST(nobodyIsSignedInAndNobodyIsToBeChosen);
    CPPUNIT_TEST(anotherAccountLeavesTheFirst);
    CPPUNIT_TEST(whoIsChosenIsAnsweredFor);
    CPPUNIT_TEST(whoWasChosenLastIsUsedWithoutAsking);
    CPPUNIT_TEST(whoIsLeftIsAskedFor);
    CPPUNIT_TEST(hintsChoose);
    CPPUNIT_TEST(aHintChangesNothingOfWhoIsUsed);
    CPPUNIT_TEST(whoIsChosenStillHasToLogIn);
    CPPUNIT_TEST(whoSignsInAgainHasOneSession);
    CPPUNIT_TEST(withoutAChoiceTheFirstIsSignedOut);
    CPPUNIT_TEST(oneTooManyIsSignedOut);
    CPPUNIT_TEST(aForgedChoiceChoosesNobody);
    CPPUNIT_TEST(aChoiceOfAnotherInteractionOrBrowserChoosesNobody);
    CPPUNIT_TEST(noOtherSiteCanChoose);
    CPPUNIT_TEST(whoWasSignedOutMeanwhileCannotBeChosen);
    CPPUNIT_TEST(afterTheChoiceNobodyElseAnswers);
    CPPUNIT_TEST(aSecondPressGetsTheSameAnswer);
    CPPUNIT_TEST(forgedHandlesAreNobody);
    CPPUNIT_TEST(anotherIssuerKnowsNoneOfThem);
    CPPUNIT_TEST_SUITE_END();

    LoginBed bed_;
    FakeBrowser browser_;

    BrowserAnswer ask(const std::string& changes = "prompt=select_account") {
        return bed_.follow(browser_, bed_.authorize(browser_, changes));
    }
    /// On from the chooser, allowing what is asked.
    BrowserAnswer goOn(BrowserAnswer answer, const std::string& login = {}) {
        answer = bed_.follow(browser_, answer);
        if (answer.page.name == "login") {
            answer = bed_.follow(browser_, bed_.logIn(browser_, answer, login));
        }
        return answer.page.name == "consent" ? bed_.decide(browser_, answer, "allow") : answer;
    }
    BrowserAnswer choose(const BrowserAnswer& shown, const std::string& login) {
        return goOn(bed_.choose(browser_, shown, login));
    }
    void signInBeside(const std::string& login) {
        assertIs(login, goOn(bed_.choose(browser_, ask(), ""), login));
    }
    /// Ada, then Grace, who is used.
    void signInBoth() {
        bed_.journey(browser_);
        signInBeside("grace");
    }
    void assertIs(const std::string& login, const BrowserAnswer& answer) {
        const auto authorization = bed_.redeem(answer);
        CPPUNIT_ASSERT_MESSAGE(answer.location + answer.page.name, authorization);
        CPPUNIT_ASSERT_EQUAL("id-" + login, authorization->subject.id);
    }
    static void assertPage(const std::string& page, const BrowserAnswer& answer) {
        CPPUNIT_ASSERT_EQUAL(page, answer.page.name);
        CPPUNIT_ASSERT(answer.location.empty());
    }
    static void assertError(const std::string& error, const BrowserAnswer& answer) {
        CPPUNIT_ASSERT_EQUAL(error, std::string(LoginBed::back(answer).text("error")));
    }
    static std::vector<std::string> loginsOn(const BrowserAnswer& shown) {
        std::vector<std::string> logins;
        for (const auto& account : *shown.page.values.find("accounts")->list()) {
            logins.emplace_back(account.map()->text("login"));
        }
        return logins;
    }
    std::size_t sessions() { return bed_.host.fakeRecords.all("session").size(); }
    std::string wish(const std::string& login) {
        FakeBrowser other;
        const auto sub = bed_.redeem(bed_.journey(other, {}, login))->subject.sub;
        return "claims=%7B%22id_token%22:%7B%22sub%22:%7B%22value%22:%22" + sub + "%22%7D%7D%7D";
    }

public:
    void nobodyIsSignedInAndNobodyIsToBeChosen() { assertPage("login", ask()); }

    void anotherAccountLeavesTheFirst() {
        bed_.journey(browser_);
        const auto shown = ask();
        assertPage("account", shown);
        CPPUNIT_ASSERT(loginsOn(shown) == std::vector<std::string>{"ada"});
        assertIs("grace", goOn(bed_.choose(browser_, shown, ""), "grace"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, sessions());
        CPPUNIT_ASSERT((loginsOn(ask()) == std::vector<std::string>{"grace", "ada"}));
        CPPUNIT_ASSERT(bed_.host.fakeEvents.ofType("session.ended").empty());
    }

    void whoIsChosenIsAnsweredFor() {
        signInBoth();
        for (const auto* login : {"ada", "grace", "grace", "ada"}) {
            assertIs(login, choose(ask(), login));
            CPPUNIT_ASSERT_EQUAL(std::size_t{2}, sessions());
        }
    }

    void whoWasChosenLastIsUsedWithoutAsking() {
        signInBoth();
        assertIs("grace", ask("prompt=none"));
        choose(ask(), "ada");
        assertIs("ada", ask("prompt=none"));
        assertIs("ada", ask(""));
    }

    /// None of the others is taken for who is meant.
    void whoIsLeftIsAskedFor() {
        signInBoth();
        CPPUNIT_ASSERT(bed_.signOut(browser_));
        assertError("account_selection_required", ask("prompt=none"));
        const auto shown = ask("");
        CPPUNIT_ASSERT(loginsOn(shown) == std::vector<std::string>{"ada"});
        assertIs("ada", choose(shown, "ada"));
        assertIs("ada", ask("prompt=none"));
    }

    void hintsChoose() {
        signInBoth();
        for (const auto& hint : {std::string("login_hint=ada"),
                                 std::string("login_hint=ada@people.example"), wish("ada")}) {
            assertIs("ada", ask(hint + "&prompt=none"));
            assertIs("ada", ask(hint));
        }
        assertIs("grace", ask("login_hint=nobody&prompt=none"));
        assertIs("grace", ask("login_hint=" + std::string(300, 'x') + "&prompt=none"));
        bed_.users.add("linus");
        assertError("login_required", ask(wish("linus") + "&prompt=none"));
    }

    /// Or two sites that ask in the background would change it all the time.
    void aHintChangesNothingOfWhoIsUsed() {
        signInBoth();
        const auto cookies = browser_.cookies;
        assertIs("ada", ask("login_hint=ada&prompt=none"));
        CPPUNIT_ASSERT(cookies == browser_.cookies);
        assertIs("grace", ask("prompt=none"));
    }

    void whoIsChosenStillHasToLogIn() {
        signInBoth();
        bed_.host.fakeClock.advance(seconds{100});
        for (const auto* asked :
             {"prompt=select_account&max_age=50", "prompt=select_account%20login"}) {
            const auto login = bed_.follow(browser_, bed_.choose(browser_, ask(asked), "ada"));
            assertPage("login", login);
            CPPUNIT_ASSERT(login.page.values.text("username") == "ada");
            const auto answer = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
            CPPUNIT_ASSERT(bed_.host.fakeClock.now() == bed_.redeem(answer)->authentication.time);
            assertIs("grace", choose(ask(), "grace"));
            bed_.host.fakeClock.advance(seconds{100});
        }
    }

    void whoSignsInAgainHasOneSession() {
        bed_.journey(browser_);
        const auto sid = bed_.redeem(ask(""))->authentication.sessionId;
        signInBeside("grace");
        const auto again = goOn(bed_.choose(browser_, ask(), ""), "ada");
        CPPUNIT_ASSERT_EQUAL(sid, bed_.redeem(again)->authentication.sessionId);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, sessions());
        CPPUNIT_ASSERT((loginsOn(ask()) == std::vector<std::string>{"ada", "grace"}));
    }

    void withoutAChoiceTheFirstIsSignedOut() {
        signInBoth();
        const auto login = ask("prompt=login");
        bed_.users.add("linus");
        assertIs("linus", goOn(bed_.logIn(browser_, login, "linus")));
        CPPUNIT_ASSERT((loginsOn(ask()) == std::vector<std::string>{"linus", "ada"}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeEvents.ofType("session.ended").size());
    }

    void oneTooManyIsSignedOut() {
        bed_.journey(browser_);
        const auto ada = bed_.redeem(ask("prompt=none"))->subject.sub;
        for (std::size_t i = 0; i < SessionCookies::most; ++i) {
            const auto login = "p" + std::to_string(i);
            bed_.users.add(login);
            signInBeside(login);
        }
        CPPUNIT_ASSERT((loginsOn(ask()) == std::vector<std::string>{"p4", "p3", "p2", "p1", "p0"}));
        const auto ended = bed_.host.fakeEvents.ofType("session.ended");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, ended.size());
        CPPUNIT_ASSERT(ended.front().subject == ada);
    }

    void aForgedChoiceChoosesNobody() {
        signInBoth();
        const auto shown = ask();
        const auto sub = bed_.redeem(ask("login_hint=ada"))->subject.sub;
        for (const auto& forged :
             {std::string(), std::string("1"), sub, browser_.cookies["__Host-gatehouse_sessions"],
              LoginBed::tokenOf(shown, "ada") + "x"}) {
            const auto answer = bed_.post(browser_, LoginBed::actionOf(shown),
                                          {{"csrf", LoginBed::csrfOf(shown)}, {"account", forged}});
            assertPage("account", bed_.follow(browser_, answer));
        }
    }

    void aChoiceOfAnotherInteractionOrBrowserChoosesNobody() {
        signInBoth();
        const auto first = ask();
        const auto second = ask();
        const auto answer = bed_.post(
            browser_, LoginBed::actionOf(second),
            {{"csrf", LoginBed::csrfOf(second)}, {"account", LoginBed::tokenOf(first, "ada")}});
        assertPage("account", bed_.follow(browser_, answer));

        FakeBrowser other;
        bed_.journey(other);
        assertPage("message", bed_.choose(other, first, "ada"));
        const auto theirs = bed_.follow(other, bed_.authorize(other, "prompt=select_account"));
        const auto taken = bed_.post(
            other, LoginBed::actionOf(theirs),
            {{"csrf", LoginBed::csrfOf(theirs)}, {"account", LoginBed::tokenOf(first, "grace")}});
        CPPUNIT_ASSERT(loginsOn(bed_.follow(other, taken)) == std::vector<std::string>{"ada"});
    }

    void noOtherSiteCanChoose() {
        signInBoth();
        const auto shown = ask();
        assertPage("message", bed_.post(browser_, LoginBed::actionOf(shown),
                                        {{"account", LoginBed::tokenOf(shown, "ada")}}));
        assertIs("grace", ask("prompt=none"));
    }

    void whoWasSignedOutMeanwhileCannotBeChosen() {
        signInBoth();
        const auto shown = ask();
        const auto sub = bed_.redeem(ask("login_hint=ada"))->subject.sub;
        CPPUNIT_ASSERT(bed_.sessions.endAll(bed_.context, sub));
        const auto answer = bed_.follow(browser_, bed_.choose(browser_, shown, "ada"));
        CPPUNIT_ASSERT(loginsOn(answer) == std::vector<std::string>{"grace"});
    }

    /// Their session ends while they look at the consent page, and another person's is still there.
    void afterTheChoiceNobodyElseAnswers() {
        signInBoth();
        const auto sub = bed_.redeem(ask("login_hint=ada"))->subject.sub;
        const auto consent = bed_.follow(
            browser_, bed_.choose(browser_, ask("prompt=select_account%20consent"), "ada"));
        assertPage("consent", consent);
        CPPUNIT_ASSERT(bed_.sessions.endAll(bed_.context, sub));
        const auto answer = bed_.follow(browser_, bed_.decide(browser_, consent, "allow"));
        CPPUNIT_ASSERT(loginsOn(answer) == std::vector<std::string>{"grace"});
    }

    void aSecondPressGetsTheSameAnswer() {
        signInBoth();
        const auto shown = ask();
        FakeBrowser other = browser_;
        const auto first = bed_.choose(browser_, shown, "ada");
        const auto second = bed_.choose(other, shown, "ada");
        CPPUNIT_ASSERT_EQUAL(first.location, second.location);
        assertIs("ada", first);
        assertIs("ada", bed_.authorize(other, "prompt=none"));
    }

    void forgedHandlesAreNobody() {
        signInBoth();
        auto& cookie = browser_.cookies["__Host-gatehouse_sessions"];
        auto handle = *Handle::parse(cookie);
        handle.verifier[0] = static_cast<char>(handle.verifier[0] ^ 1);
        for (const auto& value : {handle.text(), std::string("x"), std::string(5000, '.')}) {
            cookie = value;
            CPPUNIT_ASSERT(loginsOn(ask()) == std::vector<std::string>{"grace"});
            assertIs("grace", ask("login_hint=ada&prompt=none"));
        }
    }

    void anotherIssuerKnowsNoneOfThem() {
        signInBoth();
        const testkit::FakeContext second(2, "https://other.example.org");
        const auto here = bed_.sessions.findAll(second, browser_.request());
        CPPUNIT_ASSERT(here);
        CPPUNIT_ASSERT(here->all().empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginAccountsTest);

}  // namespace gatehouse
