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
    CPPUNIT_TEST(aNameThatNobodyHasCountsAsOneThatSomebodyHasWould);
    CPPUNIT_TEST(anAccountIsOneWhateverFieldNamesIt);
    CPPUNIT_TEST(aDummyUserNameHidesNoGuess);
    CPPUNIT_TEST(guessesOfASecondStepCountForItsPersonFromAnywhere);
    CPPUNIT_TEST(strangersDoNotKeepAPersonOutOfTheirOwnBrowser);
    CPPUNIT_TEST(aStepThatFailsWithoutAWordIsCountedToo);
    CPPUNIT_TEST(aLockOutIsAnEventThatNamesTheLogin);
    CPPUNIT_TEST(anUnlockedPersonMayTryAgain);
    CPPUNIT_TEST(aFailedSecondStepNamesTheLogin);
    CPPUNIT_TEST(fortyAnswersOfOnePersonAreNotAllLookedAtAtOnce);
    CPPUNIT_TEST(whoDisappearsBetweenStepsIsNotSignedIn);
    CPPUNIT_TEST(whoIsKeptOutGetsTheAnswerToAWrongPassword);
    CPPUNIT_TEST(whoIsKeptOutBetweenStepsIsNotSignedIn);
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

    /// The store lets blanks inside a login count for nothing.
    void aNameThatNobodyHasCountsAsOneThatSomebodyHasWould() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        for (const std::string name : {"ada", "eda"}) {
            for (int i = 0; i < 10; ++i) {
                bed_.logIn(browser_, login, name.substr(0, 1) + " " + name.substr(1), "wrong");
            }
            CPPUNIT_ASSERT_EQUAL(429, bed_.logIn(browser_, login, name, "wrong").status);
        }
    }

    /// A step whose field is called otherwise than ours.
    BrowserAnswer answerByEmail(const BrowserAnswer& login, const std::string& email,
                                const std::string& dummy = {}) {
        std::vector<Form::Field> fields{
            {"csrf", LoginBed::csrfOf(login)}, {"email", email}, {"password", "wrong"}};
        if (!dummy.empty()) {
            fields.push_back({"username", dummy});
        }
        return bed_.post(browser_, LoginBed::actionOf(login), std::move(fields));
    }

    void anAccountIsOneWhateverFieldNamesIt() {
        bed_.passwordStep.field = "email";
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        for (int i = 0; i < 10; ++i) {
            CPPUNIT_ASSERT_EQUAL(200, answerByEmail(login, "ada").status);
        }
        CPPUNIT_ASSERT_EQUAL(429, answerByEmail(login, "ada").status);
        CPPUNIT_ASSERT_EQUAL(200, answerByEmail(login, "grace").status);
    }

    void aDummyUserNameHidesNoGuess() {
        bed_.passwordStep.field = "email";
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        for (int i = 0; i < 10; ++i) {
            answerByEmail(login, "ada", "dummy" + std::to_string(i));
        }
        CPPUNIT_ASSERT_EQUAL(429, answerByEmail(login, "ada", "another").status);
    }

    void guessesOfASecondStepCountForItsPersonFromAnywhere() {
        bed_.number.isOn = true;
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto number = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        for (int i = 0; i < 100; ++i) {
            browser_.address = "198.51.100." + std::to_string(i);
            CPPUNIT_ASSERT_EQUAL(200, answerNumber(number, "41").status);
        }
        browser_.address = "203.0.113.1";
        CPPUNIT_ASSERT_EQUAL(429, answerNumber(number, "42").status);
    }

    void strangersDoNotKeepAPersonOutOfTheirOwnBrowser() {
        bed_.journey(browser_);
        FakeBrowser stranger;
        const auto theirs = bed_.follow(stranger, bed_.authorize(stranger));
        for (int i = 0; i < 10; ++i) {
            bed_.logIn(stranger, theirs, "ada", "wrong");
        }
        CPPUNIT_ASSERT_EQUAL(429, bed_.logIn(stranger, theirs, "ada").status);
        const auto login = bed_.follow(browser_, bed_.authorize(browser_, "prompt=login"));
        CPPUNIT_ASSERT(!LoginBed::back(bed_.logIn(browser_, login, "ada")).text("code").empty());
    }

    void aStepThatFailsWithoutAWordIsCountedToo() {
        bed_.number.isOn = true;
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto number = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        for (int i = 0; i < 10; ++i) {
            CPPUNIT_ASSERT_EQUAL(200, answerNumber(number, "give up").status);
        }
        CPPUNIT_ASSERT_EQUAL(429, answerNumber(number, "42").status);
    }

    void aLockOutIsAnEventThatNamesTheLogin() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        for (int i = 0; i < 12; ++i) {
            bed_.logIn(browser_, login, "ada", "wrong");
        }
        const auto events = bed_.host.fakeEvents.ofType("login.blocked");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT(events.front().details.text("login") == "ada");
        CPPUNIT_ASSERT(events.front().details.text("limit") == "password");
    }

    void anUnlockedPersonMayTryAgain() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        for (int i = 0; i < 10; ++i) {
            bed_.logIn(browser_, login, "ada", "wrong");
        }
        CPPUNIT_ASSERT_EQUAL(429, bed_.logIn(browser_, login, "ada").status);
        CPPUNIT_ASSERT(unlock(bed_.host, bed_.context, accountKey("people", "id-ada")));
        bed_.limits.unlock({1, bed_.host.fakeRecords.notices().back()});
        CPPUNIT_ASSERT_EQUAL(std::string("consent"),
                             bed_.follow(browser_, bed_.logIn(browser_, login, "ada")).page.name);
    }

    void aFailedSecondStepNamesTheLogin() {
        bed_.number.isOn = true;
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        answerNumber(bed_.follow(browser_, bed_.logIn(browser_, login, "ada")), "41");
        const auto events = bed_.host.fakeEvents.ofType("login.failed");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT(events.front().details.text("login") == "ada");
    }

    /// While one answer is looked at, others of the same person come.
    void fortyAnswersOfOnePersonAreNotAllLookedAtAtOnce() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        int looked = 0;
        int refused = 0;
        bed_.passwordStep.whileLooking = [&] {
            if (++looked + refused < 40) {
                const auto answer = bed_.logIn(browser_, login, "ada");
                refused += answer.status == 503 ? 1 : 0;
            }
        };
        bed_.logIn(browser_, login, "ada");
        CPPUNIT_ASSERT_EQUAL(2, looked);
        CPPUNIT_ASSERT_EQUAL(1, refused);
    }

    void whoDisappearsBetweenStepsIsNotSignedIn() {
        bed_.number.isOn = true;
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto number = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        bed_.users.users["ada"].isDisabled = true;
        CPPUNIT_ASSERT_EQUAL(std::string("login"), answerNumber(number, "42").page.name);
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
    }

    void whoIsKeptOutGetsTheAnswerToAWrongPassword() {
        const auto& keptOut = bed_.people.keptOut();
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto wrong = bed_.logIn(browser_, login, "ada", "wrong");
        CPPUNIT_ASSERT(keptOut.add(bed_.context, "people", "id-ada"));
        const auto right = bed_.logIn(browser_, login, "ada");
        CPPUNIT_ASSERT_EQUAL(wrong.status, right.status);
        for (const char* value : {"message", "username"}) {
            CPPUNIT_ASSERT_EQUAL(std::string(wrong.page.values.text(value)),
                                 std::string(right.page.values.text(value)));
        }
        CPPUNIT_ASSERT(keptOut.remove(bed_.context, "people", "id-ada"));
        CPPUNIT_ASSERT_EQUAL(std::string("consent"),
                             bed_.follow(browser_, bed_.logIn(browser_, right, "ada")).page.name);
    }

    void whoIsKeptOutBetweenStepsIsNotSignedIn() {
        bed_.number.isOn = true;
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        const auto number = bed_.follow(browser_, bed_.logIn(browser_, login, "ada"));
        CPPUNIT_ASSERT(bed_.people.keptOut().add(bed_.context, "people", "id-ada"));
        CPPUNIT_ASSERT_EQUAL(std::string("login"), answerNumber(number, "42").page.name);
        CPPUNIT_ASSERT(bed_.host.fakeRecords.all("session").empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LoginStepsTest);

}  // namespace gatehouse
