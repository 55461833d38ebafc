// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/GrantContract.h>
#include <gatehouse/testkit/LoginStepContract.h>

#include "LoadedBed.h"
#include "Suites.h"

namespace gatehouse {

namespace {

struct LoadedGrant : testkit::FacadeBed, LoadedBed {
    std::unique_ptr<Grant> make() { return started<Grant>(host); }
    testkit::FakeTickets& tickets() { return host.fakeTickets; }
    static std::vector<Form::Field> good() { return knownForm("good").fields(); }
};

/// A step of one page.
struct LoadedStep : testkit::FacadeBed, LoadedBed {
    std::unique_ptr<LoginStep> make() { return started<LoginStep>(host); }
    static LoginState login() {
        LoginState state;
        const auto person = known("person");
        state.person = FoundUser{"people", User{std::string(person.text("id")),
                                                std::string(person.text("login")),
                                                false,
                                                {},
                                                false}};
        return state;
    }
    static Form right(const LoginState& /*state*/) { return knownForm("right"); }
};

template <class Contract> std::unique_ptr<CppUnit::Test> suite() {
    return std::unique_ptr<CppUnit::Test>(Contract::suite());
}

}  // namespace

std::unique_ptr<CppUnit::Test> grantSuite() {
    return suite<testkit::GrantContract<LoadedGrant>>();
}
std::unique_ptr<CppUnit::Test> loginStepSuite() {
    return suite<testkit::LoginStepContract<LoadedStep>>();
}

}  // namespace gatehouse
