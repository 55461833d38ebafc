// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

/// The rule of the stories.
struct DoorBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() {
        std::unique_ptr<ClientMetadataRule> rule(
            dynamic_cast<ClientMetadataRule*>(gatehouse_plugin()->create()));
        CPPUNIT_ASSERT(rule->configure(testkit::FakeConfig(gatehouse_plugin()->fields), host));
        return rule;
    }
    ValueMap good() { return {{"door", "front"}}; }
    std::vector<ValueMap> bad() { return {{{"door", "trap"}}, {{"door", 1}}}; }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<DoorBed>);

}  // namespace gatehouse
