// SPDX-License-Identifier: Apache-2.0
#include "UpstreamStep.h"

#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/LoginStepContract.h>

#include "../../unit/plugins/login_step_signup/EditablePeople.h"

namespace gatehouse {

namespace {

/// A provider of plain OAuth 2 that is always there; what is behind the server goes away.
struct UpstreamBed : testkit::FacadeBed {
    static constexpr bool takesAnyText = true;

    UpstreamBed() {
        host.add<UserStore>("people", people_);
        host.fakeOutgoing.answer([](const OutgoingRequest& request) {
            const char* body = request.method == "POST"
                                   ? R"({"access_token":"a","token_type":"bearer"})"
                                   : R"({"id":1,"login":"ada"})";
            return OutgoingAnswer{200, {{"content-type", "application/json"}}, body};
        });
    }
    std::unique_ptr<LoginStep> make() {
        auto step = std::make_unique<UpstreamStep>();
        const auto configured = step->configure(
            testkit::FakeConfig(
                fieldsOf<UpstreamStep>(),
                {{"display_name", "Hub"},
                 {"authorization_endpoint", "https://hub.example/authorize"},
                 {"token_endpoint", "https://hub.example/token"},
                 {"userinfo_endpoint", "https://hub.example/user"},
                 {"client_id", "here"},
                 {"client_secret", "secret"},
                 {"claims", ValueMap{{"sub", "id"}, {"preferred_username", "login"}}},
                 {"link", "login"}}),
            host);
        CPPUNIT_ASSERT_MESSAGE(configured ? "" : configured.error().detail, bool(configured));
        CPPUNIT_ASSERT(step->start());
        linkAda(*step);
        return step;
    }
    /// Of those who come for the first time at once, all but one are asked to come again.
    void linkAda(const LoginStep& step) {
        const testkit::FakeContext context;
        LoginState first = login();
        CPPUNIT_ASSERT(step.ask(context, first));
        const auto sent = step.answer(context, first, right(first));
        CPPUNIT_ASSERT(sent && sent->next == StepOutcome::Next::redirect);
        const auto back = step.returned(context, first, this->back(sent->url));
        CPPUNIT_ASSERT(back && back->next == StepOutcome::Next::passed);
    }
    LoginState login() {
        LoginState state;
        state.returnUrl = "https://here.example/interaction/return";
        return state;
    }
    Form right(const LoginState&) { return Form(std::vector<Form::Field>{{"go", "yes"}}); }
    Form back(const std::string&) { return Form(std::vector<Form::Field>{{"code", "c"}}); }
    void kill() {
        host.fakeRecords.fail(Error::unavailable("the backend is away"));
        backend.fail(Error::unavailable("the backend is away"));
    }
    void revive() {
        host.fakeRecords.fail(std::nullopt);
        backend.fail(std::nullopt);
    }
    void slowDown(milliseconds each) {
        host.fakeRecords.slowDown(host.fakeClock, each);
        backend.slowDown(host.fakeClock, each);
    }

    EditablePeople people_;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<UpstreamBed>);

}  // namespace gatehouse
