// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/Together.h>

#include "RecoveryCodeStep.h"
#include "json/Members.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <set>

namespace gatehouse {

class RecoveryCodesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RecoveryCodesTest);
    CPPUNIT_TEST(codesAreManyAndLong);
    CPPUNIT_TEST(aSetIsReadAsItWasWritten);
    CPPUNIT_TEST(aCodeIsGoodOnceHoweverItIsTyped);
    CPPUNIT_TEST(manyAtOnceUseOneOnce);
    CPPUNIT_TEST(manyCodesAtOnceAreAllGood);
    CPPUNIT_TEST(nothingThatIsKeptIsACode);
    CPPUNIT_TEST(oneIsNoOneElses);
    CPPUNIT_TEST(whatIsShownIsKeptWhenItIsConfirmed);
    CPPUNIT_TEST(anOldPageBringsNoOldCodesBack);
    CPPUNIT_TEST(whoHasNoneIsNotAsked);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    RecoveryCodes codes_{host_};
    RecoveryCodeStep step_;
    const FoundUser ada_{"people", User{"1", "ada", false, {}, false}};
    const FoundUser bob_{"people", User{"2", "bob", false, {}, false}};

    bool passes(const FoundUser& person, const std::string& code) {
        const auto left = codes_.useUp(context_, person, typedRecoveryCode(code));
        CPPUNIT_ASSERT(left);
        return left->has_value();
    }
    std::vector<std::string> shown(LoginState& state) {
        const auto page = step_.askNew(context_, state);
        CPPUNIT_ASSERT(page && page->next == StepOutcome::Next::page);
        return textsOf(page->page.values.find("codes"));
    }
    StepOutcome::Next confirm(LoginState& state) {
        const auto outcome = step_.takeNew(context_, state, Form{});
        CPPUNIT_ASSERT(outcome);
        return outcome->next;
    }
    LoginState ofAda() const {
        LoginState state;
        state.person = ada_;
        return state;
    }

public:
    void setUp() override { CPPUNIT_ASSERT(step_.configure(testkit::FakeConfig{}, host_)); }

    void codesAreManyAndLong() {
        std::set<std::string> all;
        for (int set = 0; set < 10; ++set) {
            for (const auto& code : newRecoveryCodes(host_.random())) {
                CPPUNIT_ASSERT_EQUAL(std::size_t{11}, code.size());
                CPPUNIT_ASSERT_EQUAL(std::size_t{10}, typedRecoveryCode(code).size());
                all.insert(code);
            }
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{100}, all.size());
    }

    void aSetIsReadAsItWasWritten() {
        RecoverySet set;
        set.made = TimePoint(seconds{1'800'000'000});
        for (const auto& hashes : {std::vector<std::string>{}, {"a1"}, {"a1", "b2", "c3"}}) {
            set.hashes = hashes;
            const auto read = RecoverySet::parse(set.text());
            CPPUNIT_ASSERT(read && read->made == set.made && read->hashes == hashes);
        }
        for (const char* none : {"", "x", "12x", "\n"}) {
            CPPUNIT_ASSERT_MESSAGE(none, !RecoverySet::parse(none));
        }
    }

    void aCodeIsGoodOnceHoweverItIsTyped() {
        CPPUNIT_ASSERT(*codes_.keep(context_, ada_, {"abcde-fghij", "klmno-pqrst"}, 0));
        CPPUNIT_ASSERT(!passes(ada_, "abcde-fghik"));
        CPPUNIT_ASSERT(!passes(ada_, ""));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, **codes_.useUp(context_, ada_, "abcdefghij"));
        CPPUNIT_ASSERT(!passes(ada_, "abcde-fghij"));
        CPPUNIT_ASSERT(passes(ada_, " KLMNO pqrst "));
        CPPUNIT_ASSERT(!passes(ada_, "klmno-pqrst"));
    }

    void manyAtOnceUseOneOnce() {
        CPPUNIT_ASSERT(*codes_.keep(context_, ada_, {"abcde-fghij", "klmno-pqrst"}, 0));
        std::atomic<int> passed{0};
        testkit::together(8, [&](int) { passed += passes(ada_, "abcde-fghij") ? 1 : 0; });
        CPPUNIT_ASSERT_EQUAL(1, passed.load());
    }

    void manyCodesAtOnceAreAllGood() {
        const auto all = newRecoveryCodes(host_.random());
        CPPUNIT_ASSERT(*codes_.keep(context_, ada_, all, 0));
        std::atomic<int> passed{0};
        testkit::together(10, [&](int thread) {
            passed += passes(ada_, all[static_cast<std::size_t>(thread)]) ? 1 : 0;
        });
        CPPUNIT_ASSERT_EQUAL(10, passed.load());
    }

    void nothingThatIsKeptIsACode() {
        CPPUNIT_ASSERT(*codes_.keep(context_, ada_, {"abcde-fghij"}, 0));
        for (const auto& record : host_.fakeRecords.all("recovery_codes")) {
            CPPUNIT_ASSERT(record.payload.find("abcde") == std::string::npos);
        }
    }

    void oneIsNoOneElses() {
        CPPUNIT_ASSERT(*codes_.keep(context_, ada_, {"abcde-fghij"}, 0));
        CPPUNIT_ASSERT(*codes_.keep(context_, bob_, {"klmno-pqrst"}, 0));
        CPPUNIT_ASSERT(!passes(bob_, "abcde-fghij"));
    }

    void whatIsShownIsKeptWhenItIsConfirmed() {
        auto state = ofAda();
        const auto first = shown(state);
        CPPUNIT_ASSERT(first == shown(state));
        CPPUNIT_ASSERT(step_.list(context_, ada_)->empty());
        CPPUNIT_ASSERT(confirm(state) == StepOutcome::Next::passed);
        CPPUNIT_ASSERT_MESSAGE("pressed twice", confirm(state) == StepOutcome::Next::passed);
        const auto listed = *step_.list(context_, ada_);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, listed.size());
        CPPUNIT_ASSERT_EQUAL(10, *listed.front().left);
        CPPUNIT_ASSERT(passes(ada_, first.front()));
        CPPUNIT_ASSERT_EQUAL(9, *step_.list(context_, ada_)->front().left);
        CPPUNIT_ASSERT(*step_.remove(context_, ada_, "codes"));
        CPPUNIT_ASSERT(!*step_.remove(context_, ada_, "codes"));
        CPPUNIT_ASSERT(!passes(ada_, first.back()));
    }

    void anOldPageBringsNoOldCodesBack() {
        auto old = ofAda();
        const auto first = shown(old);
        CPPUNIT_ASSERT(confirm(old) == StepOutcome::Next::passed);
        CPPUNIT_ASSERT(passes(ada_, first.front()));
        auto replay = old;
        CPPUNIT_ASSERT(confirm(replay) == StepOutcome::Next::again);
        CPPUNIT_ASSERT(!passes(ada_, first.front()));
        auto fresh = ofAda();
        const auto second = shown(fresh);
        CPPUNIT_ASSERT(confirm(fresh) == StepOutcome::Next::passed);
        CPPUNIT_ASSERT(confirm(old) == StepOutcome::Next::again);
        CPPUNIT_ASSERT(!passes(ada_, first.back()));
        CPPUNIT_ASSERT(passes(ada_, second.back()));
    }

    void whoHasNoneIsNotAsked() {
        auto state = ofAda();
        CPPUNIT_ASSERT(step_.needed(context_, LoginState{}) == Need::unable);
        CPPUNIT_ASSERT(step_.needed(context_, state) == Need::unable);
        CPPUNIT_ASSERT(*codes_.keep(context_, ada_, {"abcde-fghij"}, 0));
        CPPUNIT_ASSERT(step_.needed(context_, state) == Need::yes);
        CPPUNIT_ASSERT(passes(ada_, "abcde-fghij"));
        CPPUNIT_ASSERT(step_.needed(context_, state) == Need::unable);
        host_.fakeRecords.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT(step_.needed(context_, state) == Need::yes);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecoveryCodesTest);

}  // namespace gatehouse
