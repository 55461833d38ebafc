// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/AuthorizationRuleContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace {

using namespace gatehouse;

/// How the contract suite gets the plugin, and what it has to know.
struct AcmeBed : testkit::HostBed {
    std::unique_ptr<AuthorizationRule> make() {
        std::unique_ptr<AuthorizationRule> made(
            dynamic_cast<AuthorizationRule*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(gatehouse_plugin()->fields, {});
        CPPUNIT_ASSERT(made->configure(config, host));
        CPPUNIT_ASSERT(made->start());
        return made;
    }
    static Form good() { return Form(std::vector<Form::Field>{{"acme_card", "4711"}}); }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::AuthorizationRuleContract<AcmeBed>);
