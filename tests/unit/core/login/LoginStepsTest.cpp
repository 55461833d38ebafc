// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LoginStepsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoginStepsTest);
    CPPUNIT_TEST(aWrongPasswordIsAskedAgainAndTellsNothingMore);
    CPPUNIT_TEST(aHintStandsInTheForm);
    CPPUNIT_TEST(afterAllStepsThePersonIsSignedIn);
    CPPUNIT_TEST(aLoginThatFailedBeginsAgain);
    CPPUNIT_TEST(tooManyWrongPasswordsMustWait);
    CPPUNIT_TEST(spellingANameDifferentlyCountsAsTheSame);
    CPPUNIT_TEST(whoDisappearsBetweenStepsIsNotSignedIn);
    CPPUNIT_TEST_SUITE_END();

    LoginBed bed_;
    FakeBrowser browser_;

    BrowserAnswer answerNumber(const BrowserAnswer& login, const std::string& number) {
        const auto path = LoginBed::actionOf(login);
        return bed_.post(browser_, path, {{"csrf", LoginBed::csrfOf(login)}, {"number", number}});
    }

public:
    void aWrongPasswordIsAskedAgainAndTellsNothingMore() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto wrong = bed_.logIn(browser_, login, "ada", "wrong");
        const auto nobody = bed_.logIn(browser_, wrong, "nobody", "wrong");
        for (const auto* answer : {&wrong, &nobody}) {
            CPPUNIT_ASSERT_EQUAL(200, answer->status);
            CPPUNIT_ASSERT_EQUAL(std::string("login"), answer->page.name);
            CPPUNIT_ASSERT(!answer->page.values.text("message").empty());
        }
        CPPUNIT_ASSERT(wrong.page.values.text("message") == nobody.page.values.text("message"));
        CPPUNIT_ASSERT(wrong.page.values.text("username") == "ada");
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
        CPPUNIT_ASSERT_EQUAL(std::string("consent"),
                             bed_.follow(browser_, bed_.logIn(browser_, nobody, "ada")).page.name);
    }

    void aHintStandsInTheForm() {
        const auto login =
            bed_.follow(browser_, bed_.authorize(browser_, "login_hint=ada@people.example"));
        CPPUNIT_ASSERT(login.page.values.text("username") == "ada@people.example");
        CPPUNIT_ASSERT(login.page.values.text("message").empty());
    }

    void afterAllStepsThePersonIsSignedIn() {
        bed_.number.isOn = true;
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto number = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        CPPUNIT_ASSERT_EQUAL(std::string("message"), number.page.name);
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
        CPPUNIT_ASSERT_EQUAL(std::string("message"), answerNumber(number, "41").page.name);
        const auto consent = bed_.follow(browser_, answerNumber(number, "42"));
        const auto authorization = bed_.redeem(bed_.decide(browser_, consent, "allow"));
        const std::vector<std::string> both{"pwd", "otp"};
        CPPUNIT_ASSERT(authorization->authentication.amr == both);
        CPPUNIT_ASSERT_EQUAL(std::string("urn:gatehouse:acr:two-factors"),
                             authorization->authentication.acr);
    }

    void aLoginThatFailedBeginsAgain() {
        bed_.number.isOn = true;
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto number = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        const auto again = answerNumber(number, "give up");
        CPPUNIT_ASSERT_EQUAL(std::string("login"), again.page.name);
        CPPUNIT_ASSERT(!again.page.values.text("message").empty());
        CPPUNIT_ASSERT_EQUAL(std::string("login"), answerNumber(again, "42").page.name);
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
    }

    void tooManyWrongPasswordsMustWait() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        auto answer = login;
        for (int i = 0; i < 10 && answer.status == 200; ++i) {
            answer = bed_.logIn(browser_, login, "ada", "wrong");
        }
        answer = bed_.logIn(browser_, login, "ada", "secret");
        CPPUNIT_ASSERT_EQUAL(429, answer.status);
        CPPUNIT_ASSERT(answer.retryAfter.count() > 0);
        CPPUNIT_ASSERT(answer.page.values.text("link") == LoginBed::actionOf(login));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"),
                             bed_.follow(browser_, bed_.logIn(browser_, login, "grace")).page.name);
    }

    void spellingANameDifferentlyCountsAsTheSame() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        for (const auto* name :
             {"ada", "Ada", "ADA", "aDa", "adA", " ada", "ada ", "  Ada ", "ada", "ada"}) {
            bed_.logIn(browser_, login, name, "wrong");
        }
        CPPUNIT_ASSERT_EQUAL(429, bed_.logIn(browser_, login, "AdA", "wrong").status);
    }

    void whoDisappearsBetweenStepsIsNotSignedIn() {
        bed_.number.isOn = true;
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto number = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        bed_.users.users["ada"].isDisabled = true;
        CPPUNIT_ASSERT_EQUAL(std::string("login"), answerNumber(number, "42").page.name);
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginStepsTest);

}  // namespace gatehouse
