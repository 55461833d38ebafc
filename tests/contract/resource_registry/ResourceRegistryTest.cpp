// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/TokenFormat.h>
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/ResourceRegistryContract.h>

#include "LocalResources.h"

namespace gatehouse {

namespace {

constexpr const char* orders = "https://api.example/orders";

/// Where it stands in the configuration.
struct ConfiguredBed : testkit::HostBed {
    std::unique_ptr<ResourceRegistry> make() {
        const ValueMap resources{{"orders", ValueMap{{"identifier", orders}}}};
        auto plugin = std::make_unique<LocalResources>();
        CPPUNIT_ASSERT(plugin->configure(
            testkit::FakeConfig(fieldsOf<LocalResources>(), {{"resources", resources}}), host));
        CPPUNIT_ASSERT(plugin->start());
        return plugin;
    }
};

/// Where a command has registered it.
struct StoredBed : testkit::FacadeBed {
    std::unique_ptr<ResourceRegistry> make() {
        auto plugin = std::make_unique<LocalResources>();
        CPPUNIT_ASSERT(plugin->configure(testkit::FakeConfig(fieldsOf<LocalResources>()), host));
        CPPUNIT_ASSERT(plugin->start());
        CPPUNIT_ASSERT(plugin->run(testkit::FakeContext(), "resource add", {{orders}, {}}));
        return plugin;
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ResourceRegistryContract<ConfiguredBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ResourceRegistryContract<StoredBed>);

}  // namespace gatehouse
