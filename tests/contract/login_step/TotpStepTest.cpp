// SPDX-License-Identifier: Apache-2.0
#include "TotpStep.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/LoginStepContract.h>

#include <atomic>

namespace gatehouse {

namespace {

TotpKey sameKey() {
    TotpKey key;
    key.secret = Secret("12345678901234567890");
    return key;
}

FoundUser somebody(int number) {
    const auto id = std::to_string(number);
    return {"people", User{id, "person" + id, false, {}, false}};
}

/// Somebody else for each login, since a person's code is good once.
struct TotpBed : testkit::HostBed {
    TotpBed() {
        for (int number = 0; number < 1000; ++number) {
            CPPUNIT_ASSERT(TotpKeys(host).add(testkit::FakeContext(), somebody(number), sameKey()));
        }
    }
    std::unique_ptr<LoginStep> make() {
        auto step = std::make_unique<TotpStep>();
        CPPUNIT_ASSERT(step->configure(testkit::FakeConfig(fieldsOf<TotpStep>(), {}), host));
        CPPUNIT_ASSERT(step->start());
        return step;
    }
    LoginState login() {
        LoginState state;
        state.person = somebody(next++);
        return state;
    }
    Form right(const LoginState&) {
        const auto step = host.clock().now().time_since_epoch() / seconds{30};
        return Form({{"code", totpCode(sameKey(), static_cast<std::uint64_t>(step))}});
    }

    std::atomic<int> next{0};
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<TotpBed>);

}  // namespace gatehouse
