// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/ResponseTypeContract.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

/// The kind that is linked.
struct OwnTypeBed {
    std::unique_ptr<ResponseType> make() {
        std::unique_ptr<ResponseType> type(
            dynamic_cast<ResponseType*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(gatehouse_plugin()->fields);
        CPPUNIT_ASSERT(type->configure(config, host));
        CPPUNIT_ASSERT(type->start());
        return type;
    }
    static Form good() { return Form({{"scope", "openid email"}, {"nonce", "n"}}); }

    testkit::FakeHost host;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ResponseTypeContract<OwnTypeBed>);

}  // namespace gatehouse
