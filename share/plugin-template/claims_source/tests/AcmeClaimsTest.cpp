// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ClaimsSourceContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace {

using namespace gatehouse;

/// How the contract suite gets the plugin, and what it has to know.
struct AcmeBed : testkit::HostBed {
    std::unique_ptr<ClaimsSource> make() {
        std::unique_ptr<ClaimsSource> made(
            dynamic_cast<ClaimsSource*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(gatehouse_plugin()->fields, {{"text", "gold"}});
        CPPUNIT_ASSERT(made->configure(config, host));
        CPPUNIT_ASSERT(made->start());
        return made;
    }
    static ValueMap note() { return {}; }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ClaimsSourceContract<AcmeBed>);
