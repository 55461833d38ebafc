// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/LoginStepContract.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

/// The example, with Ada's card.
struct WordCardBed : testkit::HostBed {
    std::unique_ptr<LoginStep> make() {
        std::unique_ptr<LoginStep> step(dynamic_cast<LoginStep*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(gatehouse_plugin()->fields,
                                         {{"cards", ValueMap{{"ada", "4711 apple pear"}}}});
        CPPUNIT_ASSERT(step->configure(config, host));
        return step;
    }
    LoginState login() {
        LoginState state;
        state.person = FoundUser{"people", User{"1", "ada", false, {}, false}};
        return state;
    }
    Form right(const LoginState& state) {
        const Value* position = state.kept.find("position");
        return position == nullptr ? Form({{"number", "4711"}})
                                   : Form({{"word", *position->integer() == 0 ? "apple" : "pear"}});
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::LoginStepContract<WordCardBed>);

}  // namespace gatehouse
