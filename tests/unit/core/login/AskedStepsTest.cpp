// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>

namespace gatehouse {

namespace {

LoginStage anyOf(std::vector<std::string> steps, LoginCondition when = {}) {
    return {std::move(steps), false, std::move(when), seconds{0}};
}

}  // namespace

/// A login step that a site asks for by a value of `prompt`.
class AskedStepsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AskedStepsTest);
    CPPUNIT_TEST(aStepThatIsAskedForComesFirst);
    CPPUNIT_TEST(whoPassesAStepThatWasAskedForIsThereBesideOthers);
    CPPUNIT_TEST(afterAStepThatWasAskedForTheRestOfThePlanComes);
    CPPUNIT_TEST(anotherWayThanTheOneAskedForWillDo);
    CPPUNIT_TEST(aNameThatWasTypedGoesAlongToAnotherWay);
    CPPUNIT_TEST(whatNoLoginBeginsWithCannotBeAskedFor);
    CPPUNIT_TEST(valuesOfPromptThatExcludeEachOther);
    CPPUNIT_TEST(aStepMaySayWhenToComeAgain);
    CPPUNIT_TEST(valuesAreWordsThatOneStepHas);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<LoginBed> bed_;
    FakeBrowser browser_;

    void plan(LoginPlan asked) {
        bed_ = std::make_unique<LoginBed>(std::move(asked));
        browser_ = {};
    }
    BrowserAnswer begin(const std::string& changes = {}) {
        return bed_->follow(browser_, bed_->authorize(browser_, changes));
    }
    BrowserAnswer post(const BrowserAnswer& page, std::vector<Form::Field> fields) {
        fields.push_back({"csrf", LoginBed::csrfOf(page)});
        return bed_->follow(browser_, bed_->post(browser_, LoginBed::actionOf(page), fields));
    }
    BrowserAnswer password(const BrowserAnswer& page) {
        return post(page, {{"username", "ada"}, {"password", "secret"}});
    }
    BrowserAnswer number(const BrowserAnswer& page) { return post(page, {{"number", "42"}}); }
    static void assertPage(const char* name, const BrowserAnswer& answer) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.location, std::string(name), answer.page.name);
    }
    static void assertError(const char* code, const BrowserAnswer& answer) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.location + answer.page.name, std::string(code),
                                     std::string(LoginBed::back(answer).text("error")));
    }
    bool isNobodySignedIn() const { return bed_->host.fakeRecords.all("session").empty(); }
    void signIn() { CPPUNIT_ASSERT(!LoginBed::back(bed_->journey(browser_)).text("code").empty()); }
    BrowserAnswer asNew(const BrowserAnswer& page, const char* login) {
        return post(page, {{"username", login}});
    }

public:
    void aStepThatIsAskedForComesFirst() {
        plan({anyOf({"password", "newcomer"})});
        assertPage("login", begin());
        signIn();
        const auto page = begin("prompt=new");
        assertPage("new_password", page);
        assertPage("consent", asNew(page, "joan"));
        assertPage("login", begin("prompt=login"));
        plan({});
        assertPage("new_password", begin("prompt=new"));
    }

    void whoPassesAStepThatWasAskedForIsThereBesideOthers() {
        plan({});
        signIn();
        const auto consent = asNew(begin("prompt=new"), "joan");
        const auto answer = bed_->decide(browser_, consent, "allow");
        CPPUNIT_ASSERT_EQUAL(std::string("id-joan"), bed_->redeem(answer)->subject.id);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, bed_->host.fakeRecords.all("session").size());
        const auto accounts = begin("prompt=select_account");
        assertPage("account", accounts);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, accounts.page.values.find("accounts")->list()->size());
    }

    void afterAStepThatWasAskedForTheRestOfThePlanComes() {
        plan({anyOf({"password", "newcomer"}), anyOf({"number"})});
        bed_->number.isOn = true;
        const auto page = asNew(begin("prompt=new"), "joan");
        assertPage("message", page);
        assertPage("consent", number(page));
    }

    void anotherWayThanTheOneAskedForWillDo() {
        plan({});
        signIn();
        const auto login = post(begin("prompt=new"), {{"other_way", "password"}});
        assertPage("login", login);
        const auto authorization = bed_->redeem(password(login));
        CPPUNIT_ASSERT(authorization);
        CPPUNIT_ASSERT_EQUAL(std::string("id-ada"), authorization->subject.id);
    }

    void aNameThatWasTypedGoesAlongToAnotherWay() {
        plan({});
        const auto named = [&](std::vector<Form::Field> fields) {
            fields.emplace_back("other_way", "password");
            const auto login = post(begin("prompt=new&login_hint=bea"), std::move(fields));
            assertPage("login", login);
            return std::string(login.page.values.text("username"));
        };
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), named({{"username", "ada"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("bea"), named({}));
        CPPUNIT_ASSERT_EQUAL(std::string(), named({{"username", ""}}));
        CPPUNIT_ASSERT_EQUAL(std::string(), named({{"username", std::string(257, 'x')}}));
    }

    void whatNoLoginBeginsWithCannotBeAskedFor() {
        LoginCondition forOther;
        forOther.clients = {"other"};
        for (const auto& asked :
             {LoginPlan{anyOf({"password"})}, LoginPlan{anyOf({"password"}), anyOf({"newcomer"})},
              LoginPlan{anyOf({"newcomer"}, forOther), anyOf({"password"})}}) {
            plan(asked);
            assertError("invalid_request", begin("prompt=new"));
            CPPUNIT_ASSERT(!bed_->askedSteps.doubts(bed_->context.issuer).empty());
        }
        plan({});
        bed_->newcomer.lacks = "a store";
        assertError("invalid_request", begin("prompt=new"));
    }

    void valuesOfPromptThatExcludeEachOther() {
        plan({});
        for (const char* prompt : {"none%20new", "new%20select_account", "new%20old", "NEW"}) {
            assertError("invalid_request", begin(std::string("prompt=") + prompt));
        }
        assertPage("new_password", begin("prompt=login%20new%20consent"));
    }

    void aStepMaySayWhenToComeAgain() {
        plan({});
        const auto answer = asNew(begin("prompt=new"), "");
        CPPUNIT_ASSERT_EQUAL(429, answer.status);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{90}, std::int64_t{answer.retryAfter.count()});
        CPPUNIT_ASSERT(isNobodySignedIn());
    }

    void valuesAreWordsThatOneStepHas() {
        FakeUsers users;
        FakeNewcomer one(users);
        FakeNewcomer other(users);
        CPPUNIT_ASSERT(AskedSteps({{"one", &one}}, {}, {}).check());
        CPPUNIT_ASSERT(!AskedSteps({{"one", &one}, {"other", &other}}, {}, {}).check());
        for (const char* none : {"login", "none", "", "two words"}) {
            one.value = none;
            CPPUNIT_ASSERT_MESSAGE(none, !AskedSteps({{"one", &one}}, {}, {}).check());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AskedStepsTest);

}  // namespace gatehouse
