// SPDX-License-Identifier: Apache-2.0
#include "LoginBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class PasswordCheckTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PasswordCheckTest);
    CPPUNIT_TEST(theRightPasswordTellsWhoItIs);
    CPPUNIT_TEST(whatIsNotRightIsOneAnswer);
    CPPUNIT_TEST(itIsNoWayAroundTheLimitsOfTheLoginPage);
    CPPUNIT_TEST(theLoginPageIsNoWayAroundItsLimits);
    CPPUNIT_TEST(strangersDoNotKeepAPersonOutOfTheirOwnBrowser);
    CPPUNIT_TEST(howAStepIsCalledThatAsksForPasswordsDoesNotMatter);
    CPPUNIT_TEST(whatALoginStepAsksIsNotCountedHere);
    CPPUNIT_TEST(whatIsWrongAndWhatIsRightIsAudited);
    CPPUNIT_TEST(fortyAnswersOfOnePersonAreNotAllLookedAtAtOnce);
    CPPUNIT_TEST(whoNeedsANewPasswordHasToSetItAtALogin);
    CPPUNIT_TEST(aStoreThatIsAwayIsNobodysMistake);
    CPPUNIT_TEST(noStoreIsAskedAboutAnEmptyPassword);
    CPPUNIT_TEST(whoCannotSetANewPasswordIsVerifiedAsTheLoginPageDoes);
    CPPUNIT_TEST_SUITE_END();

    using Verified = Result<std::optional<FoundUser>, OAuthError>;

    LoginBed bed_;
    FakeBrowser browser_;

    Verified verify(const std::string& login, const std::string& password = "secret") {
        return bed_.passwords.verify(bed_.context, browser_.request(), login, Secret(password),
                                     "token_desk");
    }

    void failTenTimes() {
        for (int i = 0; i < 10; ++i) {
            CPPUNIT_ASSERT(!*verify("ada", "wrong"));
        }
    }

public:
    void theRightPasswordTellsWhoItIs() {
        const auto person = verify("ada");
        CPPUNIT_ASSERT(person && *person);
        CPPUNIT_ASSERT_EQUAL(std::string("people"), (*person)->store);
        CPPUNIT_ASSERT_EQUAL(std::string("id-ada"), (*person)->user.id);
    }

    void whatIsNotRightIsOneAnswer() {
        bed_.users.users["grace"].isDisabled = true;
        CPPUNIT_ASSERT(bed_.people.keptOut().add(bed_.context, "people", "id-ada"));
        for (const auto* login : {"ada", "grace", "nobody", ""}) {
            const auto person = verify(login);
            CPPUNIT_ASSERT_MESSAGE(login, person && !*person);
        }
        CPPUNIT_ASSERT(!*verify("ada", "wrong"));
        CPPUNIT_ASSERT(!*verify("ada", std::string(1025, 'x')));
    }

    void itIsNoWayAroundTheLimitsOfTheLoginPage() {
        failTenTimes();
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        CPPUNIT_ASSERT_EQUAL(429, bed_.logIn(browser_, login, "ada").status);
    }

    void theLoginPageIsNoWayAroundItsLimits() {
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        for (int i = 0; i < 10; ++i) {
            bed_.logIn(browser_, login, "ada", "wrong");
        }
        const auto refused = verify("ada");
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT_EQUAL(429, refused.error().httpStatus());
        CPPUNIT_ASSERT(refused.error().retryAfter.count() > 0);
        CPPUNIT_ASSERT(verify("grace") && *verify("grace"));
    }

    void strangersDoNotKeepAPersonOutOfTheirOwnBrowser() {
        bed_.journey(browser_);
        const FakeBrowser own = browser_;
        browser_ = {};
        failTenTimes();
        CPPUNIT_ASSERT(!verify("ada"));
        browser_ = own;
        CPPUNIT_ASSERT(verify("ada") && *verify("ada"));
    }

    /// Of two such steps one is no way around the limits of the other.
    void howAStepIsCalledThatAsksForPasswordsDoesNotMatter() {
        testkit::FakeHost host;
        FakePassword step{bed_.users, "people"};
        host.add<LoginStep>("directory", step);
        const PasswordCheck passwords{host, bed_.people, bed_.guesses};
        for (int i = 0; i < 10; ++i) {
            CPPUNIT_ASSERT(*passwords.verify(bed_.context, browser_.request(), "ada",
                                             Secret("wrong"), "token_desk") == std::nullopt);
        }
        const auto login = bed_.follow(browser_, bed_.authorize(browser_));
        CPPUNIT_ASSERT_EQUAL(429, bed_.logIn(browser_, login, "ada").status);
    }

    /// The kernel counts the answers of steps.
    void whatALoginStepAsksIsNotCountedHere() {
        const auto find = [&](const std::string& password) {
            return bed_.people.findByPassword(bed_.context, "ada", Secret(password));
        };
        for (int i = 0; i < 10; ++i) {
            CPPUNIT_ASSERT(!*find("wrong") && !*find("") && !*find(std::string(1025, 'x')));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("people"), (*find("secret"))->store);
        CPPUNIT_ASSERT(verify("ada") && *verify("ada"));
        CPPUNIT_ASSERT(bed_.host.fakeEvents.ofType("login.failed").empty());
    }

    void whatIsWrongAndWhatIsRightIsAudited() {
        failTenTimes();
        CPPUNIT_ASSERT(*verify("grace"));
        const auto failed = bed_.host.fakeEvents.ofType("login.failed");
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, failed.size());
        CPPUNIT_ASSERT(failed.front().details.text("login") == "ada");
        CPPUNIT_ASSERT(failed.front().details.text("by") == "token_desk");
        CPPUNIT_ASSERT(!failed.front().details.contains("step"));
        CPPUNIT_ASSERT_EQUAL(browser_.address, failed.front().remoteAddress);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeEvents.ofType("login.blocked").size());
        const auto verified = bed_.host.fakeEvents.ofType("password.verified");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, verified.size());
        CPPUNIT_ASSERT(verified.front().details.text("login") == "grace");
        CPPUNIT_ASSERT(verified.front().details.text("by") == "token_desk");
        CPPUNIT_ASSERT(!verified.front().subject.empty());
    }

    /// While one is looked at, others of the same person come.
    void fortyAnswersOfOnePersonAreNotAllLookedAtAtOnce() {
        int sent = 1;
        int looked = 0;
        int refused = 0;
        bed_.users.whileLooking = [&] {
            for (++looked; sent < 40;) {
                ++sent;
                refused += verify("ada") ? 0 : 1;
            }
        };
        CPPUNIT_ASSERT(verify("ada"));
        CPPUNIT_ASSERT_EQUAL(2, looked);
        CPPUNIT_ASSERT_EQUAL(38, refused);
    }

    void whoNeedsANewPasswordHasToSetItAtALogin() {
        bed_.users.isEditable = true;
        bed_.users.users["ada"].needsNewPassword = true;
        const auto refused = verify("ada");
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::interactionRequired), refused.error().code);
        const auto verified = bed_.host.fakeEvents.ofType("password.verified");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, verified.size());
        CPPUNIT_ASSERT(verified.front().details.contains("needs_new_password"));
        CPPUNIT_ASSERT_MESSAGE("told who does not know it", verify("ada", "wrong"));
    }

    void aStoreThatIsAwayIsNobodysMistake() {
        bed_.users.failure = Error::unavailable("away");
        const auto refused = verify("ada");
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT_EQUAL(503, refused.error().httpStatus());
        CPPUNIT_ASSERT(bed_.host.fakeEvents.ofType("login.failed").empty());
    }

    /// The password step asks none (RFC 4513 section 5.1.2).
    void noStoreIsAskedAboutAnEmptyPassword() {
        int looked = 0;
        bed_.users.whileLooking = [&] { ++looked; };
        CPPUNIT_ASSERT(!*verify("ada", ""));
        CPPUNIT_ASSERT_EQUAL(0, looked);
    }

    /// A store without an editor: the password step lets them in, there is no page to send them to.
    void whoCannotSetANewPasswordIsVerifiedAsTheLoginPageDoes() {
        CPPUNIT_ASSERT(bed_.users.editor() == nullptr);
        bed_.users.users["ada"].needsNewPassword = true;
        const auto person = verify("ada");
        CPPUNIT_ASSERT_MESSAGE(person ? "" : person.error().description, person && *person);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PasswordCheckTest);

}  // namespace gatehouse
