// SPDX-License-Identifier: Apache-2.0
#include "PasswordStep.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/FakePeople.h>
#include <gatehouse/testkit/FakeUserStore.h>
#include <gatehouse/testkit/LoginStepContract.h>

namespace gatehouse {

namespace {

struct PasswordBed {
    PasswordBed() {
        host.add<UserStore>("people", ada);
        host.add<People>("people", people);
    }
    std::unique_ptr<LoginStep> make() {
        auto step = std::make_unique<PasswordStep>();
        CPPUNIT_ASSERT(step->configure(testkit::FakeConfig{}, host));
        CPPUNIT_ASSERT(step->start());
        return step;
    }
    LoginState login() { return {}; }
    Form right(const LoginState&) { return Form({{"username", "ada"}, {"password", "right"}}); }

    void kill() { ada.failure = Error::unavailable("the people are away"); }
    void revive() { ada.failure.reset(); }
    void slowDown(milliseconds each) { ada.latency.set(host.fakeClock, each); }
    SteadyPoint now() { return host.fakeClock.steady(); }

    testkit::FakeUserStore ada{"1", "ada", "right"};
    testkit::FakeHost host;
    testkit::FakeBackend backend;
    testkit::FakePeople people{backend};
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<PasswordBed>);

}  // namespace gatehouse
