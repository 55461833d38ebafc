// SPDX-License-Identifier: Apache-2.0
#include "PasswordStep.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/FakePeople.h>

#include <cppunit/extensions/HelperMacros.h>

#include <array>

namespace gatehouse {

namespace {

/// Knows one login and one password, which may be set; or is away.
class OneUser final : public UserStore, public UserEditor {
public:
    Result<std::optional<User>> findByLogin(const Context&, std::string_view) const override {
        return std::optional<User>{};
    }
    Result<std::optional<User>> findById(const Context&, std::string_view) const override {
        return std::optional<User>{};
    }
    Result<std::optional<User>> checkPassword(const Context&, std::string_view given,
                                              const Secret& secret) const override {
        ++asked;
        if (isAway) {
            return Error::unavailable("directory is away");
        }
        const bool isRight = given == login && secret.view() == password;
        return isRight ? std::optional<User>{User{id, login, false, {}, needsNewPassword}}
                       : std::optional<User>{};
    }
    UserEditor* editor() noexcept override { return this; }

    Result<User> add(const Context&, const User& user, const Secret&) override { return user; }
    Status update(const Context&, const User&) override { return done(); }
    Status setPassword(const Context&, std::string_view whose, const Secret& secret) override {
        CPPUNIT_ASSERT_EQUAL(id, std::string(whose));
        if (secret.view().size() < 5) {
            return Error::badInput("too short");
        }
        password = secret.view();
        needsNewPassword = false;
        return done();
    }
    Status remove(const Context&, std::string_view) override { return done(); }
    Result<UserPage> list(const Context&, std::string_view, std::size_t) const override {
        return UserPage{};
    }

    std::string id = "1";
    std::string login = "ada";
    std::string password = "right";
    bool needsNewPassword = false;
    bool isAway = false;
    mutable int asked = 0;
};

}  // namespace

class PasswordStepTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PasswordStepTest);
    CPPUNIT_TEST(itIsNeededWhoeverIsKnown);
    CPPUNIT_TEST(thePageIsFilledWithTheHint);
    CPPUNIT_TEST(theRightPasswordNamesStoreAndUser);
    CPPUNIT_TEST(aWrongPasswordAsksAgainAndKeepsTheName);
    CPPUNIT_TEST(storesAreAskedInOrderUntilOneAccepts);
    CPPUNIT_TEST(aStoreThatIsAwayMattersOnlyWhenNoOtherAccepts);
    CPPUNIT_TEST(missingAndOverlongInputsAskNoStore);
    CPPUNIT_TEST(whoNeedsANewPasswordIsInWhenItIsSet);
    CPPUNIT_TEST(aNewPasswordThatIsNoneAsksAgain);
    CPPUNIT_TEST(noNewPasswordWithoutTheOldOne);
    CPPUNIT_TEST(aPageThatNobodyWasShownSetsNoPassword);
    CPPUNIT_TEST(aButtonThatIsPressedTwiceIsTheSameOne);
    CPPUNIT_TEST(aReadOnlyStoreSetsNoPassword);
    CPPUNIT_TEST(noLogLineHoldsThePassword);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        second_.id = "2";
        second_.password = "other";
        host_.add("staff", first_);
        host_.add("guests", second_);
        people_.edited = &first_;
        host_.add<People>("people", people_);
        CPPUNIT_ASSERT(step_.configure(testkit::FakeConfig{}, host_));
        CPPUNIT_ASSERT(step_.start());
    }

private:
    void itIsNeededWhoeverIsKnown() {
        CPPUNIT_ASSERT(step_.needed(context_, state_) == Need::yes);
        answer("ada", "right");
        CPPUNIT_ASSERT(step_.needed(context_, state_) == Need::yes);
        CPPUNIT_ASSERT_EQUAL(std::string("pwd"), std::string(step_.amr()));
    }

    void thePageIsFilledWithTheHint() {
        state_.loginHint = "ada@example.org";
        const auto page = step_.ask(context_, state_);
        CPPUNIT_ASSERT(page);
        CPPUNIT_ASSERT_EQUAL(std::string("login"), page->page.name);
        CPPUNIT_ASSERT_EQUAL(std::string("ada@example.org"),
                             std::string(page->page.values.text("username")));
    }

    void theRightPasswordNamesStoreAndUser() {
        CPPUNIT_ASSERT(answer("ada", "right").next == StepOutcome::Next::passed);
        CPPUNIT_ASSERT(state_.person);
        CPPUNIT_ASSERT_EQUAL(std::string("staff"), state_.person->store);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), state_.person->user.id);
    }

    void aWrongPasswordAsksAgainAndKeepsTheName() {
        for (const char* login : {"ada", "nobody"}) {
            const auto outcome = answer(login, "wrong");
            CPPUNIT_ASSERT(outcome.next == StepOutcome::Next::again);
            CPPUNIT_ASSERT_EQUAL(std::string("login.wrong"), outcome.message);
            CPPUNIT_ASSERT(!state_.person);
            CPPUNIT_ASSERT_EQUAL(std::string(login), state_.loginHint);
        }
    }

    void storesAreAskedInOrderUntilOneAccepts() {
        CPPUNIT_ASSERT(answer("ada", "other").next == StepOutcome::Next::passed);
        CPPUNIT_ASSERT_EQUAL(std::string("guests"), state_.person->store);
        CPPUNIT_ASSERT_EQUAL(1, first_.asked);
        answer("ada", "right");
        CPPUNIT_ASSERT_EQUAL(std::string("staff"), state_.person->store);
        CPPUNIT_ASSERT_EQUAL(1, second_.asked);
    }

    void aStoreThatIsAwayMattersOnlyWhenNoOtherAccepts() {
        first_.isAway = true;
        CPPUNIT_ASSERT(answer("ada", "other").next == StepOutcome::Next::passed);
        state_.person.reset();
        const auto outcome = step_.answer(context_, state_, form("ada", "right"));
        CPPUNIT_ASSERT(!outcome);
        CPPUNIT_ASSERT(outcome.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(!state_.person);
        CPPUNIT_ASSERT(host_.fakeLog.says("directory is away"));
    }

    void missingAndOverlongInputsAskNoStore() {
        const std::string longLogin(256, 'a');
        const std::string longPassword(1025, 'a');
        state_.loginHint = "ada";
        for (const auto& [login, password] : std::vector<std::pair<std::string, std::string>>{
                 {"", "right"}, {"ada", ""}, {longLogin, "right"}, {"ada", longPassword}}) {
            CPPUNIT_ASSERT(answer(login, password).next == StepOutcome::Next::again);
        }
        CPPUNIT_ASSERT_EQUAL(0, first_.asked + second_.asked);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), state_.loginHint);
    }

    void whoNeedsANewPasswordIsInWhenItIsSet() {
        needNewPassword();
        CPPUNIT_ASSERT(choose("right", "brand new").next == StepOutcome::Next::passed);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), state_.person->user.id);
        CPPUNIT_ASSERT_EQUAL(std::string("brand new"), first_.password);
        CPPUNIT_ASSERT(state_.kept.empty());
    }

    void aNewPasswordThatIsNoneAsksAgain() {
        needNewPassword();
        for (const auto& [wanted, again, problem] : std::vector<std::array<std::string, 3>>{
                 {"brand new", "brand old", "new_password.differs"},
                 {"leaked", "leaked", "password.leaked"},
                 {"four", "four", "new_password.refused"}}) {
            const auto outcome = choose("right", wanted, again);
            CPPUNIT_ASSERT(outcome.next == StepOutcome::Next::again);
            CPPUNIT_ASSERT_EQUAL_MESSAGE("no guess at a password", std::string(), outcome.message);
            const auto page = step_.ask(context_, state_);
            CPPUNIT_ASSERT_EQUAL(std::string("new_password"), page->page.name);
            CPPUNIT_ASSERT_EQUAL(problem, page->page.message);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("right"), first_.password);
        CPPUNIT_ASSERT(!state_.person);
        CPPUNIT_ASSERT(choose("right", "brand new").next == StepOutcome::Next::passed);
    }

    void noNewPasswordWithoutTheOldOne() {
        needNewPassword();
        const auto page = state_;
        first_.password = "set by the operator";
        const auto outcome = choose("right", "brand new");
        CPPUNIT_ASSERT(outcome.next == StepOutcome::Next::again);
        CPPUNIT_ASSERT_EQUAL(std::string("login.wrong"), outcome.message);
        CPPUNIT_ASSERT_EQUAL(std::string("login"), step_.ask(context_, state_)->page.name);
        state_ = page;
        CPPUNIT_ASSERT(choose("set by the operator", "brand new").next ==
                       StepOutcome::Next::passed);
        state_ = page;
        CPPUNIT_ASSERT(choose("set by the operator", "another one").next ==
                       StepOutcome::Next::again);
        CPPUNIT_ASSERT_EQUAL(std::string("brand new"), first_.password);
    }

    void aPageThatNobodyWasShownSetsNoPassword() {
        first_.needsNewPassword = true;
        CPPUNIT_ASSERT(choose("right", "brand new").next == StepOutcome::Next::again);
        CPPUNIT_ASSERT_EQUAL(std::string("right"), first_.password);
        first_.needsNewPassword = false;
        CPPUNIT_ASSERT(choose("right", "brand new").next == StepOutcome::Next::passed);
        CPPUNIT_ASSERT_EQUAL(std::string("right"), first_.password);
    }

    void aButtonThatIsPressedTwiceIsTheSameOne() {
        needNewPassword();
        const auto page = state_;
        choose("right", "brand new");
        state_ = page;
        CPPUNIT_ASSERT(choose("right", "brand new").next == StepOutcome::Next::passed);
        CPPUNIT_ASSERT_EQUAL(std::string("brand new"), first_.password);
    }

    void aReadOnlyStoreSetsNoPassword() {
        first_.needsNewPassword = true;
        people_.edited = nullptr;
        CPPUNIT_ASSERT(answer("ada", "right").next == StepOutcome::Next::passed);
    }

    void needNewPassword() {
        first_.needsNewPassword = true;
        CPPUNIT_ASSERT(answer("ada", "right").next == StepOutcome::Next::again);
        CPPUNIT_ASSERT(!state_.person);
        const auto page = step_.ask(context_, state_);
        CPPUNIT_ASSERT_EQUAL(std::string("new_password"), page->page.name);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), std::string(page->page.values.text("username")));
    }
    StepOutcome choose(const std::string& old, const std::string& wanted,
                       const std::optional<std::string>& again = {}) {
        const Form chosen({{"username", "ada"},
                           {"password", old},
                           {"new_password", wanted},
                           {"new_password_again", again.value_or(wanted)}});
        const auto outcome = step_.answer(context_, state_, chosen);
        CPPUNIT_ASSERT_MESSAGE(outcome ? "" : outcome.error().detail, outcome);
        return *outcome;
    }

    void noLogLineHoldsThePassword() {
        first_.isAway = true;
        second_.isAway = true;
        CPPUNIT_ASSERT(!step_.answer(context_, state_, form("ada", "my very own secret")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, host_.fakeLog.lines().size());
        CPPUNIT_ASSERT(!host_.fakeLog.says("my very own secret"));
    }

    static Form form(const std::string& login, const std::string& password) {
        return Form(std::vector<Form::Field>{{"username", login}, {"password", password}});
    }
    StepOutcome answer(const std::string& login, const std::string& password) {
        const auto outcome = step_.answer(context_, state_, form(login, password));
        CPPUNIT_ASSERT_MESSAGE(outcome ? "" : outcome.error().detail, outcome);
        return *outcome;
    }

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    OneUser first_;
    OneUser second_;
    testkit::FakeBackend backend_;
    testkit::FakePeople people_{backend_};
    PasswordStep step_;
    LoginState state_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(PasswordStepTest);

}  // namespace gatehouse
