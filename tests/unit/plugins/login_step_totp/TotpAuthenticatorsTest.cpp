// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "TotpStep.h"
#include "text/Base32.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// The app of a person as they look after it themselves.
class TotpAuthenticatorsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TotpAuthenticatorsTest);
    CPPUNIT_TEST(oneIsSetUpAndRemoved);
    CPPUNIT_TEST(aWrongCodeSetsNothingUp);
    CPPUNIT_TEST(aStateThatComesTwiceSetsUpOne);
    CPPUNIT_TEST(whereTheOperatorGivesThemNobodySetsOneUp);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    const testkit::FakeContext context_;
    const FoundUser ada_{"people", User{"id", "ada", false, {}, false}};
    TotpStep step_;

    void configure(const char* enrolment) {
        const testkit::FakeConfig config(fieldsOf<TotpStep>(), {{"enrolment", enrolment}});
        CPPUNIT_ASSERT(step_.configure(config, host_));
    }
    LoginState begin() {
        LoginState state;
        state.person = ada_;
        CPPUNIT_ASSERT(step_.askNew(context_, state)->next == StepOutcome::Next::page);
        return state;
    }
    Form code(const LoginState& state) {
        TotpKey key;
        key.secret = *fromBase32(state.kept.text("new_key"));
        const auto step = host_.clock().now().time_since_epoch() / key.period;
        return Form({{"code", totpCode(key, static_cast<std::uint64_t>(step))}});
    }
    std::vector<Authenticator> all() { return *step_.list(context_, ada_); }

public:
    void oneIsSetUpAndRemoved() {
        configure("offered");
        CPPUNIT_ASSERT(all().empty());
        auto state = begin();
        CPPUNIT_ASSERT(step_.takeNew(context_, state, code(state))->next ==
                       StepOutcome::Next::passed);
        const auto kept = all();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, kept.size());
        CPPUNIT_ASSERT(kept.front().added == host_.clock().now());
        LoginState again;
        again.person = ada_;
        CPPUNIT_ASSERT(step_.askNew(context_, again)->next == StepOutcome::Next::failed);
        CPPUNIT_ASSERT(!*step_.remove(context_, ada_, "another"));
        CPPUNIT_ASSERT(*step_.remove(context_, ada_, kept.front().id));
        CPPUNIT_ASSERT(!*step_.remove(context_, ada_, kept.front().id));
        CPPUNIT_ASSERT(all().empty());
    }

    void aWrongCodeSetsNothingUp() {
        configure("required");
        auto state = begin();
        const auto outcome = *step_.takeNew(context_, state, Form({{"code", "no code"}}));
        CPPUNIT_ASSERT(outcome.next == StepOutcome::Next::again);
        CPPUNIT_ASSERT_EQUAL(std::string("totp.wrong"), outcome.message);
        CPPUNIT_ASSERT(all().empty());
    }

    void aStateThatComesTwiceSetsUpOne() {
        configure("offered");
        auto state = begin();
        auto other = begin();
        CPPUNIT_ASSERT(step_.takeNew(context_, state, code(state))->next ==
                       StepOutcome::Next::passed);
        for (auto* late : {&state, &other}) {
            CPPUNIT_ASSERT(step_.takeNew(context_, *late, code(*late))->next !=
                           StepOutcome::Next::passed);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, all().size());
    }

    void whereTheOperatorGivesThemNobodySetsOneUp() {
        configure("offered");
        auto state = begin();
        configure("by_operator");
        CPPUNIT_ASSERT(step_.askNew(context_, state)->next == StepOutcome::Next::failed);
        CPPUNIT_ASSERT(step_.takeNew(context_, state, code(state))->next !=
                       StepOutcome::Next::passed);
        CPPUNIT_ASSERT(all().empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TotpAuthenticatorsTest);

}  // namespace gatehouse
