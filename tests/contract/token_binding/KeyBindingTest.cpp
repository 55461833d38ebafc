// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/TokenBindingContract.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

/// The binding of the stories.
struct KeyBed : testkit::HostBed {
    std::unique_ptr<TokenBinding> make() {
        std::unique_ptr<TokenBinding> binding(
            dynamic_cast<TokenBinding*>(gatehouse_plugin()->create()));
        CPPUNIT_ASSERT(binding->configure(testkit::FakeConfig(gatehouse_plugin()->fields), host));
        return binding;
    }
    HttpRequest asks(int key) {
        HttpRequest request;
        request.headers = {{"x-key", "key " + std::to_string(key)}};
        return request;
    }
    HttpRequest shows(std::string_view accessToken, int key) {
        HttpRequest request = asks(key);
        request.headers.push_back({"authorization", "Keyed " + std::string(accessToken)});
        return request;
    }
    Client client() { return {}; }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::TokenBindingContract<KeyBed>);

}  // namespace gatehouse
