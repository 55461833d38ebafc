// SPDX-License-Identifier: Apache-2.0
#include "PasskeyStep.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/FakePeople.h>

#include "SoftAuthenticator.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// What people look after on their account page.
class PasskeyStepTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PasskeyStepTest);
    CPPUNIT_TEST(aNewOneIsInTheList);
    CPPUNIT_TEST(anAnswerThatComesBackMakesNoSecond);
    CPPUNIT_TEST(theOnesThatAreThereAreLeftOut);
    CPPUNIT_TEST(nobodyHasMoreThanTwenty);
    CPPUNIT_TEST(nobodyTakesAwayWhatIsNotTheirs);
    CPPUNIT_TEST(withoutStorageNobodyDoesWithout);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeBackend backend_;
    testkit::FakePeople people_{backend_};
    testkit::FakeContext context_;
    SoftAuthenticator device_;
    PasskeyStep step_;
    LoginState state_;

public:
    void setUp() override {
        host_.add("people", people_);
        CPPUNIT_ASSERT(step_.configure(testkit::FakeConfig(fieldsOf<PasskeyStep>(), {}), host_));
        const Issuer& issuer = static_cast<const Context&>(context_).issuer;
        device_.origin = issuer.origin();
        device_.rpId = rpIdOf({}, issuer);
        state_.person = FoundUser{"people", people_.ada};
    }

    void aNewOneIsInTheList() {
        CPPUNIT_ASSERT_EQUAL(std::string("passkey_enrolment"),
                             step_.askNew(context_, state_)->page.name);
        CPPUNIT_ASSERT(add("one") == StepOutcome::Next::passed);
        const auto list = *step_.list(context_, *state_.person);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, list.size());
        CPPUNIT_ASSERT_EQUAL(std::string("Phone"), list[0].name);
        CPPUNIT_ASSERT(!list[0].used && list[0].added == host_.clock().now());
        CPPUNIT_ASSERT(*step_.remove(context_, *state_.person, list[0].id));
        CPPUNIT_ASSERT(!*step_.remove(context_, *state_.person, list[0].id));
        CPPUNIT_ASSERT(step_.list(context_, *state_.person)->empty());
    }

    void anAnswerThatComesBackMakesNoSecond() {
        CPPUNIT_ASSERT(step_.askNew(context_, state_));
        auto kept = state_;
        CPPUNIT_ASSERT(take("one", state_) == StepOutcome::Next::passed);
        CPPUNIT_ASSERT(take("one", kept) == StepOutcome::Next::again);
        CPPUNIT_ASSERT(take("two", kept) == StepOutcome::Next::again);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, step_.list(context_, *state_.person)->size());
    }

    void theOnesThatAreThereAreLeftOut() {
        CPPUNIT_ASSERT(add("one") == StepOutcome::Next::passed);
        const auto asked = *step_.askNew(context_, state_);
        const auto options = *parseJson(asked.page.values.text("options"));
        const auto& excluded = *options.map()->find("excludeCredentials")->list();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, excluded.size());
        CPPUNIT_ASSERT(excluded[0].map()->text("id") == base64url("one"));
    }

    void nobodyHasMoreThanTwenty() {
        for (int number = 0; number < 20; ++number) {
            CPPUNIT_ASSERT(add(std::to_string(number)) == StepOutcome::Next::passed);
        }
        CPPUNIT_ASSERT(step_.askNew(context_, state_)->next == StepOutcome::Next::failed);
    }

    void nobodyTakesAwayWhatIsNotTheirs() {
        CPPUNIT_ASSERT(add("one") == StepOutcome::Next::passed);
        const auto id = step_.list(context_, *state_.person)->front().id;
        const FoundUser other{"people", User{"8", "eve", false, {}, false}};
        CPPUNIT_ASSERT(!*step_.remove(context_, other, id));
        const FoundUser elsewhere{"others", people_.ada};
        CPPUNIT_ASSERT(!*step_.remove(context_, elsewhere, id));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, step_.list(context_, *state_.person)->size());
    }

    void withoutStorageNobodyDoesWithout() {
        CPPUNIT_ASSERT(step_.needed(context_, state_) == Need::offered);
        host_.fakeRecords.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT(step_.needed(context_, state_) == Need::yes);
        CPPUNIT_ASSERT(!step_.ask(context_, state_));
    }

private:
    StepOutcome::Next take(const std::string& id, LoginState& state) {
        const auto challenge = std::string(state.kept.text("challenge"));
        return step_.takeNew(context_, state, device_.registration(challenge, id))->next;
    }
    StepOutcome::Next add(const std::string& id) {
        CPPUNIT_ASSERT(step_.askNew(context_, state_)->next == StepOutcome::Next::page);
        return take(id, state_);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PasskeyStepTest);

}  // namespace gatehouse
