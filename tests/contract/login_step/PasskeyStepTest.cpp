// SPDX-License-Identifier: Apache-2.0
#include "PasskeyStep.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakePeople.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/LoginStepContract.h>

#include "SoftAuthenticator.h"

#include <atomic>

namespace gatehouse {

namespace {

/// Ada's thousand passkeys, of one key; another one for each answer.
struct PasskeyBed : testkit::HostBed {
    PasskeyBed() {
        host.add("people", people);
        const testkit::FakeContext context;
        const Issuer& issuer = static_cast<const Context&>(context).issuer;
        device.origin = issuer.origin();
        device.rpId = rpIdOf({}, issuer);
        for (int number = 0; number < 1000; ++number) {
            auto passkey = device.passkey(std::to_string(number));
            passkey.store = "people";
            passkey.userId = people.ada.id;
            CPPUNIT_ASSERT(Passkeys(host).add(context, passkey));
        }
        handle = *Passkeys(host).handleOf(context, {"people", people.ada});
    }
    std::unique_ptr<LoginStep> make() {
        auto step = std::make_unique<PasskeyStep>();
        CPPUNIT_ASSERT(step->configure(testkit::FakeConfig(fieldsOf<PasskeyStep>(), {}), host));
        CPPUNIT_ASSERT(step->start());
        return step;
    }

    testkit::FakeBackend backend;
    testkit::FakePeople people{backend};
    SoftAuthenticator device;
    std::string handle;
    std::atomic<int> next{0};
};

/// Nobody knows yet who it is.
struct FirstPasskeyBed : PasskeyBed {
    static LoginState login() { return {}; }
    Form right(const LoginState& state) {
        return device.assertion(state.kept.text("challenge"), std::to_string(next++), handle);
    }
};

/// After another step; many authenticators say no handle then.
struct SecondPasskeyBed : PasskeyBed {
    LoginState login() const {
        LoginState state;
        state.person = FoundUser{"people", people.ada};
        return state;
    }
    Form right(const LoginState& state) {
        return device.assertion(state.kept.text("challenge"), std::to_string(next++));
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<FirstPasskeyBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<SecondPasskeyBed>);

}  // namespace gatehouse
