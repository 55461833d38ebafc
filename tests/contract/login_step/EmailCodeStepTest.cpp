// SPDX-License-Identifier: Apache-2.0
#include "EmailCodeStep.h"

#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/LoginStepContract.h>

#include <atomic>

namespace gatehouse {

namespace {

/// Each login is another one's.
struct EmailCodeBed : testkit::FacadeBed {
    std::unique_ptr<LoginStep> make() {
        auto step = std::make_unique<EmailCodeStep>();
        CPPUNIT_ASSERT(step->configure(testkit::FakeConfig(fieldsOf<EmailCodeStep>(), {}), host));
        CPPUNIT_ASSERT(step->start());
        return step;
    }
    LoginState login() {
        LoginState state;
        state.id = "login" + std::to_string(next++);
        state.returnUrl = "https://id.example/interaction/return";
        state.person = FoundUser{
            "people", User{state.id,
                           state.id,
                           false,
                           {{"email", state.id + "@example.org"}, {"email_verified", true}},
                           false}};
        return state;
    }
    Form right(const LoginState& state) {
        const auto mail = mails.lastTo(state.id + "@example.org");
        return Form({{"code", std::string(mail ? mail->values.text("code") : "")}});
    }

    std::atomic<int> next{0};
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<EmailCodeBed>);

}  // namespace gatehouse
