// SPDX-License-Identifier: Apache-2.0
#include "RecoveryCodeStep.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/LoginStepContract.h>

#include <atomic>

namespace gatehouse {

namespace {

FoundUser somebody(int number) {
    const auto id = std::to_string(number);
    return {"people", User{id, "person" + id, false, {}, false}};
}

/// Somebody else for each login, since a code is good once.
struct RecoveryCodeBed : testkit::HostBed {
    RecoveryCodeBed() {
        for (int number = 0; number < 1000; ++number) {
            CPPUNIT_ASSERT(RecoveryCodes(host).keep(testkit::FakeContext(), somebody(number),
                                                    {"abcde-fghij"}, 0));
        }
    }
    std::unique_ptr<LoginStep> make() {
        auto step = std::make_unique<RecoveryCodeStep>();
        CPPUNIT_ASSERT(step->configure(testkit::FakeConfig{}, host));
        CPPUNIT_ASSERT(step->start());
        return step;
    }
    LoginState login() {
        LoginState state;
        state.person = somebody(next++);
        return state;
    }
    Form right(const LoginState&) { return Form({{"code", "ABCDE FGHIJ"}}); }

    std::atomic<int> next{0};
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<RecoveryCodeBed>);

}  // namespace gatehouse
