// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/SessionEnd.h>
#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/HostBed.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

struct FrontchannelBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() {
        std::unique_ptr<ClientMetadataRule> rule(
            dynamic_cast<ClientMetadataRule*>(gatehouse_plugin()->create()));
        CPPUNIT_ASSERT(rule->configure(testkit::FakeConfig(gatehouse_plugin()->fields), host));
        return rule;
    }
    static ValueMap with(Value uri) {
        return {
            {"redirect_uris", ValueList{"https://shop.example/callback", "https://[::1]/callback"}},
            {"frontchannel_logout_uri", std::move(uri)}};
    }
    ValueMap good() { return {{"frontchannel_logout_session_required", true}}; }
    std::vector<ValueMap> bad() {
        std::vector<ValueMap> all{{{"frontchannel_logout_session_required", "yes"}}};
        for (const auto* uri :
             {"", "ftp://shop.example/", "https://", "javascript:alert(1)", "/out",
              "https://shop.example/#x", "https://ada@shop.example/", "https://shop.example/ x",
              "https://*.example/", "https://[::1]/out"}) {
            all.push_back(with(uri));
        }
        all.push_back(with(1));
        all.push_back(with("https://other.example/out"));
        all.push_back(with("https://shop.example:8443/out"));
        all.push_back(with("https://shop.example/" + std::string(512, 'x')));
        return all;
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<FrontchannelBed>);

class FrontchannelFrameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FrontchannelFrameTest);
    CPPUNIT_TEST(theFrameSaysWhoseSessionAndKeepsItsQuery);
    CPPUNIT_TEST_SUITE_END();

public:
    void theFrameSaysWhoseSessionAndKeepsItsQuery() {
        FrontchannelBed bed;
        const auto rule = bed.make();
        const testkit::FakeContext context;
        for (const auto* uri : {"https://shop.example/out?a=b", "https://Shop.example:443/out"}) {
            CPPUNIT_ASSERT_MESSAGE(uri, rule->admit(context, FrontchannelBed::with(uri)));
        }
        const auto frame = [&](const ValueMap& metadata) {
            Client client;
            client.metadata = metadata;
            return capabilityOf<SessionEndFrames>(*rule)->frame(
                context, {client, {"sub", "people", "id"}, "a b"});
        };
        CPPUNIT_ASSERT_EQUAL(std::string(), frame({}));
        CPPUNIT_ASSERT_EQUAL(
            std::string("https://shop.example/out?iss=https%3A%2F%2Fid.example.org&sid=a%20b"),
            frame(FrontchannelBed::with("https://shop.example/out")));
        CPPUNIT_ASSERT_EQUAL(
            std::string("https://shop.example/out?a=b&iss=https%3A%2F%2Fid.example.org&sid=a%20b"),
            frame(FrontchannelBed::with("https://shop.example/out?a=b")));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FrontchannelFrameTest);

}  // namespace gatehouse
