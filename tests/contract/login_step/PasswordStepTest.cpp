// SPDX-License-Identifier: Apache-2.0
#include "PasswordStep.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/LoginStepContract.h>

namespace gatehouse {

namespace {

/// Ada, whose password is "right".
class Ada final : public UserStore {
public:
    Result<std::optional<User>> findByLogin(const Context&, std::string_view) const override {
        return std::optional<User>{};
    }
    Result<std::optional<User>> findById(const Context&, std::string_view) const override {
        return std::optional<User>{};
    }
    Result<std::optional<User>> checkPassword(const Context&, std::string_view login,
                                              const Secret& secret) const override {
        return login == "ada" && secret.view() == "right"
                   ? std::optional<User>{User{"1", "ada", false, {}, false}}
                   : std::optional<User>{};
    }
};

struct PasswordBed {
    PasswordBed() { host.add<UserStore>("people", ada); }
    std::unique_ptr<LoginStep> make() {
        auto step = std::make_unique<PasswordStep>();
        CPPUNIT_ASSERT(step->configure(testkit::FakeConfig{}, host));
        CPPUNIT_ASSERT(step->start());
        return step;
    }
    LoginState login() { return {}; }
    Form right(const LoginState&) { return Form({{"username", "ada"}, {"password", "right"}}); }

    Ada ada;
    testkit::FakeHost host;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<PasswordBed>);

}  // namespace gatehouse
