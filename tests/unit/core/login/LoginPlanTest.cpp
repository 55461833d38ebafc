// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"
#include "login/AuthenticationClass.h"

#include <cppunit/extensions/HelperMacros.h>

#include <memory>

namespace gatehouse {

namespace {

constexpr const char* wantsTwo =
    "claims=%7B%22id_token%22:%7B%22acr%22:%7B%22essential%22:true,%22value%22:"
    "%22urn:gatehouse:acr:two-factors%22%7D%7D%7D";

LoginStage anyOf(std::vector<std::string> steps, LoginCondition when = {}) {
    return {std::move(steps), false, std::move(when), seconds{0}};
}

LoginStage offer(const char* step) {
    return {{step}, true, {}, seconds{0}};
}

LoginCondition onlyForTwo() {
    LoginCondition when;
    when.acr = twoFactors;
    return when;
}

}  // namespace

class LoginPlanTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginPlanTest);
    CPPUNIT_TEST(oneOfTwoWaysIsEnough);
    CPPUNIT_TEST(onlyWaysOfThePageCanBeChosen);
    CPPUNIT_TEST(aLaterStepsFormAnswersNoEarlierOne);
    CPPUNIT_TEST(anotherWayAfterOnePassedLeadsToTheSameQuestion);
    CPPUNIT_TEST(whoHasNoAnswerIsNotSignedIn);
    CPPUNIT_TEST(whoIsEnrolledIsAskedAndNobodyElse);
    CPPUNIT_TEST(conditionsByClientAndGroup);
    CPPUNIT_TEST(aNewBrowserIsAskedForMore);
    CPPUNIT_TEST(nobodySetsUpAProofInPlaceOfOneTheyHave);
    CPPUNIT_TEST(whatIsOfferedCanBeLeftForLater);
    CPPUNIT_TEST(whatIsNotOfferedCannot);
    CPPUNIT_TEST(whoHasAProofSetsNothingUpInItsPlace);
    CPPUNIT_TEST(aStepMayAnswerByItself);
    CPPUNIT_TEST(aStepThatCannotAskGivesWayToAnother);
    CPPUNIT_TEST(aWantedClassIsAskedForInTheLogin);
    CPPUNIT_TEST(aSessionThatLacksProofIsAskedForWhatIsMissing);
    CPPUNIT_TEST(acrValuesCountWhereThePlanNamesThem);
    CPPUNIT_TEST(aClassThatNoPlanReachesIsRefusedAtOnce);
    CPPUNIT_TEST(whoCannotProveMoreKeepsTheSession);
    CPPUNIT_TEST(anotherPersonsFactorIsNone);
    CPPUNIT_TEST(whoSignedOutMeanwhileProvesEverything);
    CPPUNIT_TEST(theSameKindTwiceRaisesNothing);
    CPPUNIT_TEST(thePlanOfTheMomentCounts);
    CPPUNIT_TEST(eachStepHasItsOwnGuesses);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<LoginBed> bed_;
    FakeBrowser browser_;

    void plan(LoginPlan asked) { bed_ = std::make_unique<LoginBed>(std::move(asked)); }
    BrowserAnswer begin(const std::string& changes = {}) {
        return bed_->follow(browser_, bed_->authorize(browser_, changes));
    }
    BrowserAnswer post(const BrowserAnswer& page, std::vector<Form::Field> fields) {
        fields.push_back({"csrf", LoginBed::csrfOf(page)});
        return bed_->follow(browser_, bed_->post(browser_, LoginBed::actionOf(page), fields));
    }
    BrowserAnswer password(const BrowserAnswer& page, const char* login = "ada") {
        return post(page, {{"username", login}, {"password", "secret"}});
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
    std::string acrOf(const BrowserAnswer& answer) {
        const auto authorization = bed_->redeem(answer);
        CPPUNIT_ASSERT_MESSAGE(answer.location + answer.page.name, authorization.has_value());
        return authorization->authentication.acr;
    }
    /// Signed in with a password, and the site allowed.
    void signIn() { CPPUNIT_ASSERT(!LoginBed::back(bed_->journey(browser_)).text("code").empty()); }

public:
    void oneOfTwoWaysIsEnough() {
        plan({anyOf({"password", "key"})});
        bed_->key.need = Need::yes;
        const auto login = begin();
        assertPage("login", login);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, login.page.values.find("other_ways")->list()->size());
        const auto key = post(login, {{"other_way", "key"}});
        assertPage("message", key);
        assertPage("consent", post(key, {}));
    }

    void onlyWaysOfThePageCanBeChosen() {
        plan({anyOf({"password", "key"}), anyOf({"number"})});
        bed_->number.isOn = true;
        assertPage("login", post(begin(), {{"other_way", "number"}}));
        CPPUNIT_ASSERT(isNobodySignedIn());
    }

    void aLaterStepsFormAnswersNoEarlierOne() {
        plan({anyOf({"password"}), anyOf({"number"})});
        bed_->number.isOn = true;
        const auto login = begin();
        const auto page = password(login);
        assertPage("message", page);
        assertPage("login", post(login, {{"number", "42"}}));
        CPPUNIT_ASSERT(isNobodySignedIn());
    }

    void anotherWayAfterOnePassedLeadsToTheSameQuestion() {
        plan({anyOf({"password", "key"}), anyOf({"number"})});
        bed_->number.isOn = true;
        bed_->key.need = Need::yes;
        const auto login = begin();
        const auto key = post(login, {{"other_way", "key"}});
        CPPUNIT_ASSERT(!password(login).page.values.contains("username"));
        assertPage("message", post(key, {}));
        CPPUNIT_ASSERT(isNobodySignedIn());
    }

    void whoHasNoAnswerIsNotSignedIn() {
        plan({anyOf({"password"}), anyOf({"key"})});
        bed_->key.need = Need::unable;
        const auto answer = password(begin());
        CPPUNIT_ASSERT_EQUAL(403, answer.status);
        CPPUNIT_ASSERT(isNobodySignedIn());
    }

    void whoIsEnrolledIsAskedAndNobodyElse() {
        LoginCondition enrolled;
        enrolled.enrolled = {"key"};
        plan({anyOf({"password"}), anyOf({"key"}, enrolled)});
        bed_->key.need = Need::unable;
        assertPage("consent", password(begin()));
        browser_ = {};
        bed_->key.need = Need::yes;
        assertPage("message", password(begin()));
    }

    void conditionsByClientAndGroup() {
        LoginCondition other;
        other.clients = {"other"};
        LoginCondition staff;
        staff.groups = {"staff"};
        plan({anyOf({"password"}), anyOf({"key"}, other), anyOf({"number"}, staff)});
        bed_->key.need = Need::yes;
        bed_->number.isOn = true;
        assertPage("consent", password(begin()));
        browser_ = {};
        assertPage("message", password(begin("client_id=other")));
        browser_ = {};
        bed_->users.add("joan", {{"groups", ValueList{"staff"}}});
        assertPage("message", password(begin(), "joan"));
    }

    void aNewBrowserIsAskedForMore() {
        LoginCondition isNew;
        isNew.isNewBrowser = true;
        plan({anyOf({"password"}), anyOf({"number"}, isNew)});
        bed_->number.isOn = true;
        assertPage("consent", number(password(begin())));
        assertPage("consent", password(begin("prompt=login")));
    }

    void whatIsOfferedCanBeLeftForLater() {
        plan({anyOf({"password"}), offer("key")});
        bed_->key.need = Need::yes;
        const auto page = password(begin());
        assertPage("message", page);
        CPPUNIT_ASSERT(*page.page.values.find("later")->boolean());
        assertPage("consent", post(page, {{"later", "yes"}}));
    }

    void nobodySetsUpAProofInPlaceOfOneTheyHave() {
        for (const auto need : {Need::enrolment, Need::offered}) {
            plan({anyOf({"password"}), anyOf({"key", "number"})});
            bed_->key.need = need;
            bed_->key.asked = StepOutcome::passed();
            bed_->number.isOn = true;
            const auto page = password(begin());
            assertPage("message", page);
            assertPage("message", post(page, {{"other_way", "key"}}));
            assertPage("message", post(page, {{"later", "yes"}}));
            CPPUNIT_ASSERT(isNobodySignedIn());
            bed_->number.isOn = false;
            browser_ = {};
            assertPage("consent", password(begin()));
            browser_ = {};
        }
    }

    void whoHasAProofSetsNothingUpInItsPlace() {
        for (const bool hasNumber : {true, false}) {
            plan({anyOf({"password"}), anyOf({"key"}), anyOf({"key", "number"}, onlyForTwo())});
            bed_->key.need = Need::offered;
            bed_->number.isOn = hasNumber;
            assertPage(hasNumber ? "consent" : "message", password(begin()));
        }
    }

    void whatIsNotOfferedCannot() {
        plan({anyOf({"password"}), anyOf({"number"})});
        bed_->number.isOn = true;
        const auto page = password(begin());
        assertPage("message", post(page, {{"later", "yes"}}));
        CPPUNIT_ASSERT(isNobodySignedIn());
    }

    void aStepMayAnswerByItself() {
        plan({anyOf({"password"}), anyOf({"key"})});
        bed_->key.need = Need::yes;
        bed_->key.asked = StepOutcome::passed();
        const auto answer = password(begin(wantsTwo));
        assertPage("consent", answer);
        CPPUNIT_ASSERT_EQUAL(std::string(twoFactors),
                             acrOf(bed_->decide(browser_, answer, "allow")));
    }

    void aStepThatCannotAskGivesWayToAnother() {
        plan({anyOf({"key", "password"})});
        bed_->key.need = Need::yes;
        bed_->key.asked = StepOutcome::failed();
        assertPage("login", begin());
    }

    void aWantedClassIsAskedForInTheLogin() {
        plan({anyOf({"password"}), anyOf({"number"}, onlyForTwo())});
        bed_->number.isOn = true;
        assertPage("consent", password(begin()));
        browser_ = {};
        const auto consent = number(password(begin(wantsTwo)));
        assertPage("consent", consent);
        CPPUNIT_ASSERT_EQUAL(std::string(twoFactors),
                             acrOf(bed_->decide(browser_, consent, "allow")));
    }

    void aSessionThatLacksProofIsAskedForWhatIsMissing() {
        plan({anyOf({"password"}), anyOf({"number"}, onlyForTwo())});
        bed_->number.isOn = true;
        signIn();
        const auto since = bed_->host.fakeClock.now();
        bed_->host.fakeClock.advance(seconds{60});
        const auto page = begin(wantsTwo);
        assertPage("message", page);
        const auto answer = number(page);
        const auto authorization = bed_->redeem(answer);
        CPPUNIT_ASSERT_MESSAGE(answer.location + answer.page.name, authorization.has_value());
        CPPUNIT_ASSERT_EQUAL(std::string(twoFactors), authorization->authentication.acr);
        CPPUNIT_ASSERT(authorization->authentication.time == since);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_->host.fakeRecords.all("session").size());
        CPPUNIT_ASSERT_EQUAL(std::string(twoFactors), acrOf(begin(wantsTwo)));
    }

    void acrValuesCountWhereThePlanNamesThem() {
        const std::string two = "acr_values=urn:gatehouse:acr:two-factors";
        plan({anyOf({"password"}), anyOf({"number"}, onlyForTwo())});
        bed_->number.isOn = true;
        signIn();
        assertPage("message", begin(two));
        CPPUNIT_ASSERT_EQUAL(std::string(oneFactor), acrOf(begin(two + "&prompt=none")));
        browser_ = {};
        plan({anyOf({"password"})});
        signIn();
        CPPUNIT_ASSERT_EQUAL(std::string(oneFactor), acrOf(begin(two)));
    }

    void aClassThatNoPlanReachesIsRefusedAtOnce() {
        plan({anyOf({"password"})});
        assertError("unmet_authentication_requirements", begin(wantsTwo));
        signIn();
        assertError("unmet_authentication_requirements", begin(wantsTwo));
    }

    void whoCannotProveMoreKeepsTheSession() {
        plan({anyOf({"password"}), anyOf({"key"}, onlyForTwo())});
        bed_->key.need = Need::unable;
        signIn();
        assertError("login_required", begin(std::string(wantsTwo) + "&prompt=none"));
        assertError("unmet_authentication_requirements", begin(wantsTwo));
        CPPUNIT_ASSERT_EQUAL(std::string(oneFactor), acrOf(begin()));
    }

    void anotherPersonsFactorIsNone() {
        plan({anyOf({"password"}), anyOf({"key"}, onlyForTwo())});
        bed_->key.need = Need::yes;
        signIn();
        const auto page = begin(wantsTwo);
        bed_->key.login = "grace";
        assertPage("message", post(page, {}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_->host.fakeEvents.ofType("login.failed").size());
        CPPUNIT_ASSERT_EQUAL(std::string(oneFactor), acrOf(begin()));
    }

    void whoSignedOutMeanwhileProvesEverything() {
        plan({anyOf({"password"}), anyOf({"number"}, onlyForTwo())});
        bed_->number.isOn = true;
        signIn();
        const auto page = begin(wantsTwo);
        CPPUNIT_ASSERT(bed_->signOut(browser_));
        assertPage("login", number(page));
        CPPUNIT_ASSERT(isNobodySignedIn());
    }

    void theSameKindTwiceRaisesNothing() {
        plan({anyOf({"key"}), anyOf({"number", "password"}, onlyForTwo())});
        bed_->key.need = Need::yes;
        bed_->number.isOn = true;
        assertPage("login", post(begin(wantsTwo), {}));
    }

    void thePlanOfTheMomentCounts() {
        plan({anyOf({"password"}), anyOf({"number"})});
        bed_->number.isOn = true;
        const auto page = password(begin());
        LoginPlan later{anyOf({"password"}), anyOf({"number"}), anyOf({"key"})};
        bed_->key.need = Need::yes;
        const LoginFlow after({bed_->host,      bed_->directory,
                               bed_->answers,   bed_->people,
                               bed_->guesses,   bed_->sessions,
                               bed_->consents,  bed_->consentNotes,
                               stockPages(),    bed_->claims,
                               bed_->resources, bed_->sources,
                               bed_->rules,     bed_->modes,
                               bed_->types,     bed_->clientRules.subjects(),
                               bed_->members,   bed_->bindings,
                               bed_->promises,  bed_->askedSteps,
                               seconds{60},     later},
                              seconds{900});
        const auto [id, name] = LoginBed::split(LoginBed::actionOf(page));
        const auto answer =
            after.postLogin(bed_->context, browser_.request(id, "POST"),
                            Form({{"csrf", LoginBed::csrfOf(page)}, {"number", "42"}}));
        CPPUNIT_ASSERT(answer.location.find("/login") != std::string::npos);
        CPPUNIT_ASSERT(isNobodySignedIn());
    }

    void eachStepHasItsOwnGuesses() {
        plan({anyOf({"password"}), anyOf({"number"})});
        bed_->number.isOn = true;
        const auto page = password(begin());
        for (int i = 0; i < 10; ++i) {
            CPPUNIT_ASSERT_EQUAL(200, post(page, {{"number", "41"}}).status);
        }
        CPPUNIT_ASSERT_EQUAL(429, number(page).status);
        assertPage("message", password(begin()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginPlanTest);

}  // namespace gatehouse
