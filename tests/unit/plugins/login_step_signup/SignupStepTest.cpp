// SPDX-License-Identifier: Apache-2.0
#include "SignupStep.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/FakePeople.h>

#include "EditablePeople.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class SignupStepTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SignupStepTest);
    CPPUNIT_TEST(whoGivesALoginAndAPasswordIsMade);
    CPPUNIT_TEST(theFirstStoreThatCanMakesThem);
    CPPUNIT_TEST(itIsToldWithSiteAndAddress);
    CPPUNIT_TEST(aMistakeAsksAgainAndIsNoGuess);
    CPPUNIT_TEST(aTakenLoginIsAWrongAnswer);
    CPPUNIT_TEST(aButtonThatIsPressedTwiceMakesOne);
    CPPUNIT_TEST(whoIsFasterHasIt);
    CPPUNIT_TEST(aLoginOfAnyStoreIsTaken);
    CPPUNIT_TEST(whileAStoreIsAwayNobodyIsMade);
    CPPUNIT_TEST(whatIsRefusedIsSaid);
    CPPUNIT_TEST(anAddressHasItsQuota);
    CPPUNIT_TEST(allTogetherHaveOne);
    CPPUNIT_TEST(whatCannotBeCountedMakesNobody);
    CPPUNIT_TEST(itNeedsAStoreThatCanBeEdited);
    CPPUNIT_TEST(whoIsKnownIsNotAsked);
    CPPUNIT_TEST(whoNeedsANewPasswordDoesNotPass);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    testkit::FakeBackend backend_;
    testkit::FakePeople people_{backend_};
    EditablePeople staff_;
    EditablePeople guests_;
    SignupStep step_;
    LoginState state_;

    StepOutcome answer(const std::string& login, const std::string& password = "a long secret",
                       const std::string& name = "Ada") {
        const auto said = step_.answer(context_, state_,
                                       Form({{"username", login},
                                             {"name", name},
                                             {"password", password},
                                             {"password_again", password}}));
        CPPUNIT_ASSERT_MESSAGE(said ? "" : said.error().detail, bool(said));
        return *said;
    }
    bool passes(const std::string& login, const std::string& password = "a long secret") {
        state_.person.reset();
        return answer(login, password).next == StepOutcome::Next::passed;
    }
    void assertTaken(const StepOutcome& outcome) {
        CPPUNIT_ASSERT(outcome.next == StepOutcome::Next::again);
        CPPUNIT_ASSERT_EQUAL(std::string("signup.taken"), outcome.message);
        CPPUNIT_ASSERT(!state_.person);
    }
    void assertWaits(const StepOutcome& outcome) {
        CPPUNIT_ASSERT(outcome.next == StepOutcome::Next::wait);
        CPPUNIT_ASSERT(outcome.time == seconds{60});
        CPPUNIT_ASSERT_EQUAL(std::string("signup.wait"), outcome.message);
    }

public:
    void setUp() override {
        host_.add<UserStore>("staff", staff_);
        host_.add<UserStore>("guests", guests_);
        host_.add<People>("people", people_);
        staff_.isEditable = false;
        CPPUNIT_ASSERT(step_.configure(
            testkit::FakeConfig(fieldsOf<SignupStep>(),
                                {{"most_per_address", 4}, {"most", 6}, {"window", "60s"}}),
            host_));
        CPPUNIT_ASSERT(step_.start());
        state_.remoteAddress = "192.0.2.1";
        state_.clientId = "site";
    }

    void whoGivesALoginAndAPasswordIsMade() {
        CPPUNIT_ASSERT_EQUAL(std::string("signup"), step_.ask(context_, state_)->page.name);
        CPPUNIT_ASSERT(answer("ada").next == StepOutcome::Next::passed);
        CPPUNIT_ASSERT(state_.person);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), state_.person->user.login);
        CPPUNIT_ASSERT(state_.person->user.claims == (ValueMap{{"name", "Ada"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("pwd"), std::string(step_.amr()));
        CPPUNIT_ASSERT_EQUAL(std::string("create"), std::string(step_.prompt()));
    }

    void theFirstStoreThatCanMakesThem() {
        CPPUNIT_ASSERT(passes("ada"));
        CPPUNIT_ASSERT_EQUAL(std::string("guests"), state_.person->store);
        staff_.isEditable = true;
        CPPUNIT_ASSERT(passes("joan"));
        CPPUNIT_ASSERT_EQUAL(std::string("staff"), state_.person->store);
    }

    void itIsToldWithSiteAndAddress() {
        answer("ada");
        const auto events = host_.fakeEvents.ofType("user.created");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT_EQUAL(std::string("site"), events[0].clientId);
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.1"), events[0].remoteAddress);
        CPPUNIT_ASSERT_EQUAL(std::string("sub of guests/1"), events[0].subject);
        CPPUNIT_ASSERT(events[0].details == (ValueMap{{"login", "ada"}, {"store", "guests"}}));
    }

    void aMistakeAsksAgainAndIsNoGuess() {
        const auto said = step_.answer(context_, state_,
                                       Form({{"username", "ada"},
                                             {"name", "Ada"},
                                             {"password", "one"},
                                             {"password_again", "two"}}));
        CPPUNIT_ASSERT(said && said->next == StepOutcome::Next::again && said->message.empty());
        const auto page = step_.ask(context_, state_)->page;
        CPPUNIT_ASSERT_EQUAL(std::string("signup.differs"), page.message);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), std::string(page.values.text("login")));
        CPPUNIT_ASSERT(guests_.people.empty());
    }

    void aTakenLoginIsAWrongAnswer() {
        CPPUNIT_ASSERT(passes("ada"));
        state_.person.reset();
        assertTaken(answer("ADA", "another secret"));
        CPPUNIT_ASSERT_EQUAL_MESSAGE("the kernel counts it for", std::string("ADA"),
                                     state_.loginHint);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, guests_.people.size());
    }

    void aButtonThatIsPressedTwiceMakesOne() {
        CPPUNIT_ASSERT(passes("ada") && passes("ada"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), state_.person->user.id);
        guests_.people.clear();
        guests_.meanwhile = [this] {
            User ada;
            ada.login = "ada";
            CPPUNIT_ASSERT(guests_.add(context_, ada, Secret("a long secret")));
        };
        CPPUNIT_ASSERT(passes("ada"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, guests_.people.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeEvents.ofType("user.created").size());
    }

    void whoIsFasterHasIt() {
        guests_.meanwhile = [this] {
            User ada;
            ada.login = "Ada";
            CPPUNIT_ASSERT(guests_.add(context_, ada, Secret("somebody else's")));
        };
        assertTaken(answer("ada"));
    }

    void aLoginOfAnyStoreIsTaken() {
        User ada;
        ada.login = "ada";
        CPPUNIT_ASSERT(staff_.add(context_, ada, Secret("somebody else's")));
        assertTaken(answer("ada"));
        CPPUNIT_ASSERT(guests_.people.empty());
    }

    void whileAStoreIsAwayNobodyIsMade() {
        staff_.failure = Error::unavailable("away");
        const auto said = step_.answer(context_, state_,
                                       Form({{"username", "ada"},
                                             {"name", "Ada"},
                                             {"password", "a long secret"},
                                             {"password_again", "a long secret"}}));
        CPPUNIT_ASSERT(!said && said.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(guests_.people.empty());
    }

    void whatIsRefusedIsSaid() {
        for (const auto& [password, problem] : std::vector<std::pair<std::string, std::string>>{
                 {"short", "signup.refused"}, {"leaked", "password.leaked"}}) {
            const auto said = answer("ada", password);
            CPPUNIT_ASSERT(said.next == StepOutcome::Next::again && said.message.empty());
            CPPUNIT_ASSERT_EQUAL(problem, step_.ask(context_, state_)->page.message);
            CPPUNIT_ASSERT(guests_.people.empty());
        }
    }

    void anAddressHasItsQuota() {
        for (const char* login : {"a", "b", "c", "d"}) {
            CPPUNIT_ASSERT(passes(login));
        }
        state_.person.reset();
        assertWaits(answer("e"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, guests_.people.size());
        state_.remoteAddress = "192.0.2.2";
        CPPUNIT_ASSERT(passes("e"));
        state_.remoteAddress = "192.0.2.1";
        host_.fakeClock.advance(seconds{61});
        CPPUNIT_ASSERT(passes("f"));
    }

    void allTogetherHaveOne() {
        for (int person = 0; person < 6; ++person) {
            state_.remoteAddress = "192.0.2." + std::to_string(person);
            CPPUNIT_ASSERT(passes("person" + std::to_string(person)));
        }
        state_.remoteAddress = "192.0.2.100";
        state_.person.reset();
        assertWaits(answer("ada"));
        CPPUNIT_ASSERT_MESSAGE("whoever is there is not kept out", passes("person1"));
    }

    void whatCannotBeCountedMakesNobody() {
        host_.fakeRecords.fail(Error::unavailable("away"));
        const auto said = step_.answer(context_, state_,
                                       Form({{"username", "ada"},
                                             {"name", "Ada"},
                                             {"password", "a long secret"},
                                             {"password_again", "a long secret"}}));
        CPPUNIT_ASSERT(!said);
        CPPUNIT_ASSERT(guests_.people.empty());
    }

    void itNeedsAStoreThatCanBeEdited() {
        CPPUNIT_ASSERT(step_.needed(context_, state_) == Need::yes);
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             step_.missing({{"staff", &staff_}, {"guests", &guests_}}));
        CPPUNIT_ASSERT(!step_.missing({{"staff", &staff_}}).empty());
        testkit::FakeContext elsewhere;
        elsewhere.issuer.userStores = {"staff"};
        CPPUNIT_ASSERT(step_.needed(elsewhere, state_) == Need::unable);
        const auto said = step_.answer(elsewhere, state_,
                                       Form({{"username", "ada"},
                                             {"name", "Ada"},
                                             {"password", "a long secret"},
                                             {"password_again", "a long secret"}}));
        CPPUNIT_ASSERT(!said);
    }

    void whoIsKnownIsNotAsked() {
        CPPUNIT_ASSERT(passes("ada"));
        CPPUNIT_ASSERT(step_.needed(context_, state_) == Need::unable);
    }

    void whoNeedsANewPasswordDoesNotPass() {
        CPPUNIT_ASSERT(passes("ada"));
        guests_.people.at("ada").first.needsNewPassword = true;
        state_.person.reset();
        assertTaken(answer("ada"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SignupStepTest);

}  // namespace gatehouse
