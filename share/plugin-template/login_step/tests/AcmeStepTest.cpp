// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/LoginStepContract.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace {

using namespace gatehouse;

/// How the contract suite gets the plugin, and what it has to know.
struct AcmeBed : testkit::HostBed {
    std::unique_ptr<LoginStep> make() {
        std::unique_ptr<LoginStep> made(dynamic_cast<LoginStep*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(gatehouse_plugin()->fields,
                                         {{"words", ValueMap{{"ada", "apple"}}}});
        CPPUNIT_ASSERT(made->configure(config, host));
        CPPUNIT_ASSERT(made->start());
        return made;
    }
    static LoginState login() {
        LoginState state;
        state.person = FoundUser{"people", User{"1", "ada", false, {}, false}};
        return state;
    }
    static Form right(const LoginState& /*state*/) {
        return Form(std::vector<Form::Field>{{"word", "apple"}});
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::LoginStepContract<AcmeBed>);
