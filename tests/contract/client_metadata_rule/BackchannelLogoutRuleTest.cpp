// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/SessionEnd.h>
#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/HostBed.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

struct BackchannelBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() {
        std::unique_ptr<ClientMetadataRule> rule(
            dynamic_cast<ClientMetadataRule*>(gatehouse_plugin()->create()));
        CPPUNIT_ASSERT(rule->configure(testkit::FakeConfig(gatehouse_plugin()->fields), host));
        return rule;
    }
    static ValueMap with(Value uri) { return {{"backchannel_logout_uri", std::move(uri)}}; }
    ValueMap good() { return with("https://shop.example/out?a=b"); }
    std::vector<ValueMap> bad() {
        std::vector<ValueMap> all{{{"backchannel_logout_session_required", "yes"}}};
        for (const auto* uri : {"", "ftp://shop.example/", "https://", "javascript:alert(1)",
                                "/out", "https://shop.example/#x", "https://ada@shop.example/",
                                "https://shop.example/ x", "https://*.example/"}) {
            all.push_back(with(uri));
        }
        all.push_back(with(1));
        all.push_back(with("https://shop.example/" + std::string(512, 'x')));
        return all;
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<BackchannelBed>);

}  // namespace gatehouse
