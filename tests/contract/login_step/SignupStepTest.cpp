// SPDX-License-Identifier: Apache-2.0
#include "SignupStep.h"

#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/LoginStepContract.h>

#include "../../unit/plugins/login_step_signup/EditablePeople.h"

#include <atomic>

namespace gatehouse {

namespace {

struct SignupBed : testkit::FacadeBed {
    static constexpr bool takesAnyText = true;

    SignupBed() { host.add<UserStore>("people", store); }
    std::unique_ptr<LoginStep> make() {
        auto step = std::make_unique<SignupStep>();
        CPPUNIT_ASSERT(step->configure(
            testkit::FakeConfig(fieldsOf<SignupStep>(),
                                {{"most_per_address", 1'000'000}, {"most", 1'000'000}}),
            host));
        CPPUNIT_ASSERT(step->start());
        return step;
    }
    LoginState login() { return {}; }
    Form right(const LoginState&) {
        return Form({{"username", "ada" + std::to_string(++asked)},
                     {"name", "Ada"},
                     {"password", "a long secret"},
                     {"password_again", "a long secret"}});
    }

    EditablePeople store;
    std::atomic<int> asked{0};
};

/// People show first that an address is theirs. Each login is another one's.
struct ConfirmedSignupBed : testkit::FacadeBed {
    static constexpr bool takesAnyText = true;
    static constexpr bool opensLinks = true;

    ConfirmedSignupBed() { host.add<UserStore>("people", store); }
    std::unique_ptr<LoginStep> make() {
        auto step = std::make_unique<SignupStep>();
        CPPUNIT_ASSERT(step->configure(
            testkit::FakeConfig(fieldsOf<SignupStep>(), {{"login", "email"},
                                                         {"confirm_email", true},
                                                         {"most_per_address", 1'000'000},
                                                         {"most", 1'000'000}}),
            host));
        CPPUNIT_ASSERT(step->start());
        return step;
    }
    LoginState login() {
        LoginState state;
        state.id = "login" + std::to_string(next++);
        state.returnUrl = "https://id.example/interaction/return";
        return state;
    }
    Form right(const LoginState& state) {
        return Form({{"username", state.id + "@example.org"},
                     {"name", "Ada"},
                     {"password", "a long secret"},
                     {"password_again", "a long secret"}});
    }

    EditablePeople store;
    std::atomic<int> next{0};
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<ConfirmedSignupBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<SignupBed>);

}  // namespace gatehouse
