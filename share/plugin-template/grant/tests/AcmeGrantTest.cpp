// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/GrantContract.h>
#include <gatehouse/testkit/HostBed.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace {

using namespace gatehouse;

/// How the contract suite gets the plugin, and what it has to know.
struct AcmeBed : testkit::HostBed {
    std::unique_ptr<Grant> make() {
        std::unique_ptr<Grant> made(dynamic_cast<Grant*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(gatehouse_plugin()->fields,
                                         {{"vouchers", ValueMap{{"a voucher", "1001"}}}});
        CPPUNIT_ASSERT(made->configure(config, host));
        CPPUNIT_ASSERT(made->start());
        return made;
    }
    testkit::FakeTickets& tickets() { return host.fakeTickets; }
    static std::vector<Form::Field> good() { return {{"voucher", "a voucher"}}; }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::GrantContract<AcmeBed>);
