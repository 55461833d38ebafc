// SPDX-License-Identifier: Apache-2.0
#include "JwksUri.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

namespace gatehouse {

namespace {

struct JwksUriBed : testkit::HostBed {
    std::unique_ptr<ClientMetadataRule> make() {
        auto rule = std::make_unique<JwksUri>();
        CPPUNIT_ASSERT(rule->configure(testkit::FakeConfig(fieldsOf<JwksUri>()), host));
        return rule;
    }
    ValueMap good() { return {{"jwks_uri", "https://site.example/jwks?v=1"}}; }
    std::vector<ValueMap> bad() {
        return {
            {{"jwks_uri", ""}},
            {{"jwks_uri", 1}},
            {{"jwks_uri", "ftp://site.example/jwks"}},
            {{"jwks_uri", "//site.example/jwks"}},
            {{"jwks_uri", "https://"}},
            {{"jwks_uri", "https:///jwks"}},
            {{"jwks_uri", "https://site.example:99999/jwks"}},
            {{"jwks_uri", "https://ada:secret@site.example/jwks"}},
            {{"jwks_uri", "https://site.example/a b"}},
            {{"jwks_uri", "https://site.example/jwks#one"}},
            {{"jwks_uri", "https://site.example/" + std::string(600, 'x')}},
            {{"jwks_uri", "https://site.example/jwks"}, {"jwks", ValueMap{{"keys", ValueList{}}}}}};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<JwksUriBed>);

/// What others learn of the keys.
class JwksUriTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JwksUriTest);
    CPPUNIT_TEST(theKeysOfAClientAreWhereItSays);
    CPPUNIT_TEST_SUITE_END();

    JwksUriBed bed_;
    std::unique_ptr<ClientMetadataRule> rule_ = bed_.make();
    const ClientKeySource& source_ = *capabilityOf<ClientKeySource>(*rule_);
    testkit::FakeContext context_;

public:
    void theKeysOfAClientAreWhereItSays() {
        Client client;
        client.id = "shop";
        client.metadata = bed_.good();
        CPPUNIT_ASSERT(source_.isFor(client.metadata) && !source_.isFor({}));
        bed_.host.fakeOutgoing.answer([](const OutgoingRequest&) {
            return OutgoingAnswer{200, {}, R"({"keys":[]})"};
        });
        CPPUNIT_ASSERT(*source_.keys(context_, client, "one") != nullptr);
        CPPUNIT_ASSERT(*source_.keys(context_, client, "two") != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeOutgoing.sent().size());
        client.metadata.set("jwks_uri", "https://elsewhere.example/jwks");
        CPPUNIT_ASSERT(source_.keys(context_, client, "one"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, bed_.host.fakeOutgoing.sent().size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JwksUriTest);

}  // namespace gatehouse
