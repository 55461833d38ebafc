// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/ModuleContract.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace {

using namespace gatehouse;

/// How the contract suite gets the plugin, and what it has to know.
struct AcmeBed : testkit::HostBed {
    std::unique_ptr<HttpModule> make() {
        std::unique_ptr<HttpModule> made(dynamic_cast<HttpModule*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(gatehouse_plugin()->fields, {});
        CPPUNIT_ASSERT(made->configure(config, host));
        CPPUNIT_ASSERT(made->start());
        return made;
    }
    static std::vector<HttpRequest> good() {
        HttpRequest request;
        request.method = "GET";
        request.path = "/api/acme";
        return {request};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::ModuleContract<AcmeBed>);
