// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"
#include "text/FormText.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>

namespace gatehouse {

/// Steps that send the browser elsewhere.
class LoginReturnTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginReturnTest);
    CPPUNIT_TEST(whatComesBackIsGivenToItsStep);
    CPPUNIT_TEST(whatComesBackCountsOnce);
    CPPUNIT_TEST(whatComesBackElsewhereIsNotTaken);
    CPPUNIT_TEST(whatComesBackToAnotherStepIsNotTaken);
    CPPUNIT_TEST(aPageOfALoginIsNoWayBack);
    CPPUNIT_TEST(aLinkLeadsBackToItsStepOnce);
    CPPUNIT_TEST(aLinkLeadsNowhereInAnotherBrowser);
    CPPUNIT_TEST(aLinkThatNobodySentLeadsNowhere);
    CPPUNIT_TEST(aLinkLeadsNowhereAfterItsLogin);
    CPPUNIT_TEST(aStepKnowsThatItWasChosenAndHowFreshItMustBe);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<LoginBed> bed_;
    FakeBrowser browser_;

    static LoginStage anyOf(std::vector<std::string> steps) {
        return {std::move(steps), false, {}, seconds{0}};
    }
    void plan(LoginPlan asked) { bed_ = std::make_unique<LoginBed>(std::move(asked)); }
    BrowserAnswer begin(const std::string& changes = {}) {
        return bed_->follow(browser_, bed_->authorize(browser_, changes));
    }
    BrowserAnswer post(const BrowserAnswer& page, std::vector<Form::Field> fields) {
        fields.push_back({"csrf", LoginBed::csrfOf(page)});
        return bed_->follow(browser_, bed_->post(browser_, LoginBed::actionOf(page), fields));
    }
    static void assertPage(const char* name, const BrowserAnswer& answer) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.location, std::string(name), answer.page.name);
    }
    /// The browser comes back from where it was sent.
    BrowserAnswer comeBack(FakeBrowser& browser, const std::string& location,
                           const std::string& step = {}) {
        const auto query = parseForm(location.substr(location.find('?') + 1));
        auto fields = query->fields();
        fields.emplace_back("code", "c");
        auto request = browser.request();
        if (!step.empty()) {
            request.parameters = {{"step", step}};
        }
        auto answer = bed_->flow.comeBack(bed_->context, request, Form(fields));
        browser.take(answer);
        return bed_->follow(browser, answer);
    }
    std::string sendAway() {
        plan({anyOf({"key"})});
        bed_->key.need = Need::yes;
        bed_->key.asked = StepOutcome::redirect("https://other.example/authorize?a=b");
        const auto sent = begin();
        CPPUNIT_ASSERT_EQUAL(std::string("https://other.example/authorize?a=b&state="),
                             sent.location.substr(0, sent.location.find("state=") + 6));
        return sent.location;
    }

    /// What the person is sent by a mail, while a page is shown.
    BrowserAnswer sendLink() {
        plan({anyOf({"key"})});
        bed_->key.need = Need::yes;
        bed_->key.asked = StepOutcome::show({"message", {}});
        bed_->key.asked.reference = "a-reference-of-one-hundred-and-28-bits-";
        return begin();
    }
    std::string link() const { return "x?state=" + bed_->key.asked.reference; }

public:
    void aLinkLeadsBackToItsStepOnce() {
        sendLink();
        assertPage("consent", comeBack(browser_, link()));
        CPPUNIT_ASSERT_EQUAL(std::string("c"), bed_->key.back);
        bed_->key.back.clear();
        comeBack(browser_, link());
        CPPUNIT_ASSERT(bed_->key.back.empty());
    }

    void aLinkLeadsNowhereInAnotherBrowser() {
        sendLink();
        FakeBrowser stranger;
        CPPUNIT_ASSERT_EQUAL(403, comeBack(stranger, link()).status);
        CPPUNIT_ASSERT(bed_->key.back.empty());
        assertPage("consent", comeBack(browser_, link()));
    }

    void aLinkThatNobodySentLeadsNowhere() {
        sendLink();
        for (const auto* state : {"", "a", "a-reference-of-one-hundred-and-29-bits-"}) {
            CPPUNIT_ASSERT_EQUAL(400, comeBack(browser_, std::string("x?state=") + state).status);
        }
        CPPUNIT_ASSERT(bed_->key.back.empty());
    }

    void aLinkLeadsNowhereAfterItsLogin() {
        const auto consent = post(sendLink(), {{"code", "typed"}});
        assertPage("consent", consent);
        bed_->decide(browser_, consent, "allow");
        comeBack(browser_, link());
        CPPUNIT_ASSERT(bed_->key.back.empty());
    }

    void whatComesBackIsGivenToItsStep() {
        const auto location = sendAway();
        assertPage("consent", comeBack(browser_, location));
        CPPUNIT_ASSERT_EQUAL(std::string("c"), bed_->key.back);
    }

    void whatComesBackCountsOnce() {
        const auto location = sendAway();
        comeBack(browser_, location);
        bed_->key.back.clear();
        comeBack(browser_, location);
        CPPUNIT_ASSERT(bed_->key.back.empty());
    }

    void whatComesBackElsewhereIsNotTaken() {
        const auto location = sendAway();
        FakeBrowser stranger;
        CPPUNIT_ASSERT_EQUAL(403, comeBack(stranger, location).status);
        CPPUNIT_ASSERT(bed_->key.back.empty());
    }

    void whatComesBackToAnotherStepIsNotTaken() {
        const auto location = sendAway();
        CPPUNIT_ASSERT_EQUAL(400, comeBack(browser_, location, "password").status);
        CPPUNIT_ASSERT(bed_->key.back.empty());
        assertPage("consent", comeBack(browser_, location, "key"));
    }

    void aStepKnowsThatItWasChosenAndHowFreshItMustBe() {
        plan({anyOf({"key", "password"})});
        bed_->key.need = Need::yes;
        begin("max_age=60");
        CPPUNIT_ASSERT(!bed_->key.told.isChosen);
        CPPUNIT_ASSERT(bed_->key.told.maxAge == seconds{60});
        const auto page = post(begin("prompt=login"), {{"other_way", "password"}});
        CPPUNIT_ASSERT(bed_->key.told.maxAge == seconds{0});
        post(page, {{"other_way", "key"}});
        CPPUNIT_ASSERT(bed_->key.told.isChosen);
        plan({anyOf({"key"})});
        bed_->key.need = Need::yes;
        begin();
        CPPUNIT_ASSERT(bed_->key.told.isChosen && !bed_->key.told.maxAge);
    }

    void aPageOfALoginIsNoWayBack() {
        plan({anyOf({"password"})});
        const auto [id, name] = LoginBed::split(LoginBed::actionOf(begin()));
        CPPUNIT_ASSERT_EQUAL(400, comeBack(browser_, "x?state=" + id).status);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginReturnTest);

}  // namespace gatehouse
