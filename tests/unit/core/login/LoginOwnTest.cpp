// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"
#include "json/Members.h"

#include <cppunit/extensions/HelperMacros.h>

#include <chrono>
#include <memory>

namespace gatehouse {

namespace {

constexpr const char* page = "/account/password?add=1";
constexpr std::chrono::minutes fiveMinutes{5};

LoginStage onlyFor(const char* step, LoginCondition when) {
    return {{step}, false, std::move(when)};
}

}  // namespace

/// What pages of the server's own demand of a login.
class LoginOwnTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginOwnTest);
    CPPUNIT_TEST(whoIsNotSignedInIsLedThroughTheLoginAndBack);
    CPPUNIT_TEST(whoIsSignedInIsAskedNothing);
    CPPUNIT_TEST(anOldLoginIsDoneAgain);
    CPPUNIT_TEST(aSecondPressGoesBackToo);
    CPPUNIT_TEST(whoGivesUpIsToldSo);
    CPPUNIT_TEST(somebodyElseIsNotTakenForWhoWasSignedIn);
    CPPUNIT_TEST(whatThePersonCanProveIsAskedFor);
    CPPUNIT_TEST(whatThePersonCannotProveIsNot);
    CPPUNIT_TEST(conditionsByClientDoNotHold);
    CPPUNIT_TEST(noClientGetsAnythingOfIt);
    CPPUNIT_TEST(noAuthorizationRequestIsOne);
    CPPUNIT_TEST(eventsNameThePage);
    CPPUNIT_TEST(anotherBrowserCannotGoOn);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<LoginBed> bed_ = std::make_unique<LoginBed>();
    FakeBrowser browser_;

    void plan(LoginPlan asked) { bed_ = std::make_unique<LoginBed>(std::move(asked)); }
    std::optional<BrowserAnswer> demand(const SignInDemand& wanted = {}) {
        auto answer = bed_->flow.signIn(bed_->context, browser_.request(), wanted, page);
        if (answer) {
            browser_.take(*answer);
        }
        return answer;
    }
    static SignInDemand fresh() { return {fiveMinutes, std::string(twoFactors)}; }
    BrowserAnswer ask(const SignInDemand& wanted = {}) {
        const auto answer = demand(wanted);
        CPPUNIT_ASSERT(answer);
        return bed_->follow(browser_, *answer);
    }
    BrowserAnswer logIn(const BrowserAnswer& shown, const std::string& login = "ada") {
        return bed_->follow(browser_, bed_->logIn(browser_, shown, login));
    }
    BrowserAnswer number(const BrowserAnswer& shown) {
        return bed_->follow(browser_,
                            bed_->post(browser_, LoginBed::actionOf(shown),
                                       {{"csrf", LoginBed::csrfOf(shown)}, {"number", "42"}}));
    }
    static void assertBack(const BrowserAnswer& answer) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.page.name, std::string(page), answer.location);
    }
    std::string personHere() {
        const auto who = bed_->sessions.find(bed_->context, browser_.request());
        return *who ? (*who)->person.login : "";
    }
    std::size_t sessions() { return bed_->host.fakeRecords.all("session").size(); }
    std::string pageOf(const char* type) {
        const auto events = bed_->host.fakeEvents.ofType(type);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT_EQUAL(std::string(), events.front().clientId);
        return std::string(events.front().details.text("page"));
    }

public:
    void whoIsNotSignedInIsLedThroughTheLoginAndBack() {
        const auto shown = ask();
        CPPUNIT_ASSERT_EQUAL(std::string("login"), shown.page.name);
        CPPUNIT_ASSERT_EQUAL(std::string("id.example.org"),
                             std::string(shown.page.values.find("client")->map()->text("name")));
        assertBack(logIn(shown));
        CPPUNIT_ASSERT(!demand());
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), personHere());
    }

    void whoIsSignedInIsAskedNothing() {
        bed_->journey(browser_);
        CPPUNIT_ASSERT(!demand());
        CPPUNIT_ASSERT(!demand(fresh()));
    }

    void anOldLoginIsDoneAgain() {
        bed_->journey(browser_);
        bed_->host.fakeClock.advance(fiveMinutes + seconds{1});
        CPPUNIT_ASSERT(!demand());
        const auto shown = ask(fresh());
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), std::string(shown.page.values.text("username")));
        assertBack(logIn(shown));
        CPPUNIT_ASSERT(!demand(fresh()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sessions());
    }

    void aSecondPressGoesBackToo() {
        const auto shown = ask();
        FakeBrowser other = browser_;
        assertBack(logIn(shown));
        assertBack(bed_->logIn(browser_, shown, "ada"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sessions());
        assertBack(bed_->logIn(other, shown, "ada"));
    }

    void whoGivesUpIsToldSo() {
        const auto shown = ask();
        const auto& values = shown.page.values;
        const auto answer = bed_->post(browser_, std::string(values.text("cancel")),
                                       {{"csrf", LoginBed::csrfOf(shown)}});
        CPPUNIT_ASSERT_EQUAL(std::string(page) + "&error=access_denied", answer.location);
        CPPUNIT_ASSERT(demand());
    }

    void somebodyElseIsNotTakenForWhoWasSignedIn() {
        bed_->journey(browser_);
        bed_->host.fakeClock.advance(fiveMinutes + seconds{1});
        const auto answer = logIn(ask(fresh()), "grace");
        CPPUNIT_ASSERT_EQUAL(std::string(page) + "&error=login_required", answer.location);
        CPPUNIT_ASSERT_EQUAL(std::string("grace"), personHere());
    }

    void whatThePersonCanProveIsAskedFor() {
        LoginCondition when;
        when.acr = twoFactors;
        plan({{{"password"}, false, {}}, onlyFor("number", when)});
        bed_->number.isOn = true;
        bed_->journey(browser_);
        const auto raised = ask(fresh());
        CPPUNIT_ASSERT_EQUAL(std::string("message"), raised.page.name);
        assertBack(number(raised));
        CPPUNIT_ASSERT(!demand(fresh()));
        bed_->host.fakeClock.advance(fiveMinutes + seconds{1});
        assertBack(number(logIn(ask(fresh()))));
    }

    void whatThePersonCannotProveIsNot() {
        LoginCondition when;
        when.acr = twoFactors;
        plan({{{"password"}, false, {}}, onlyFor("number", when)});
        assertBack(logIn(ask(fresh())));
        CPPUNIT_ASSERT(!demand(fresh()));
    }

    void conditionsByClientDoNotHold() {
        LoginCondition when;
        when.clients = {"site"};
        plan({{{"password"}, false, {}}, onlyFor("number", when)});
        bed_->number.isOn = true;
        assertBack(logIn(ask(fresh())));
    }

    void noClientGetsAnythingOfIt() {
        assertBack(logIn(ask()));
        CPPUNIT_ASSERT(bed_->host.fakeRecords.all("code").empty());
        CPPUNIT_ASSERT(bed_->host.fakeRecords.all("consent").empty());
        const auto who = bed_->sessions.find(bed_->context, browser_.request());
        CPPUNIT_ASSERT((*who)->session.clients.empty());
    }

    void noAuthorizationRequestIsOne() {
        const auto answer =
            bed_->journey(browser_, "return_path=https://evil.example/&own=1&sub=nobody");
        CPPUNIT_ASSERT(LoginBed::back(answer).has("code"));
    }

    void eventsNameThePage() {
        const auto shown = ask();
        bed_->logIn(browser_, shown, "ada", "wrong");
        assertBack(logIn(shown));
        CPPUNIT_ASSERT_EQUAL(std::string("/account/password"), pageOf("login.failed"));
        CPPUNIT_ASSERT_EQUAL(std::string("/account/password"), pageOf("login.succeeded"));
    }

    void anotherBrowserCannotGoOn() {
        const auto shown = ask();
        FakeBrowser other;
        const auto answer = bed_->logIn(other, shown, "ada");
        CPPUNIT_ASSERT_EQUAL(403, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, sessions());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginOwnTest);

}  // namespace gatehouse
