// SPDX-License-Identifier: Apache-2.0
#include "JwtIntrospection.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>

namespace gatehouse {

namespace {

struct JwtIntrospectionBed : testkit::FacadeBed {
    std::unique_ptr<ClientMetadataRule> make() {
        auto rule = std::make_unique<JwtIntrospection>();
        CPPUNIT_ASSERT(rule->configure(testkit::FakeConfig(fieldsOf<JwtIntrospection>()), host));
        CPPUNIT_ASSERT(rule->start());
        return rule;
    }
    ValueMap good() { return {{"introspection_signed_response_alg", "ES256"}}; }
    std::vector<ValueMap> bad() {
        return {{{"introspection_signed_response_alg", "none"}},
                {{"introspection_signed_response_alg", "HS256"}},
                {{"introspection_signed_response_alg", 1}},
                {{"introspection_encrypted_response_alg", "dir"}},
                {{"introspection_encrypted_response_alg", "ECDH-ES"}},
                {{"introspection_encrypted_response_enc", "A256GCM"}}};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<JwtIntrospectionBed>);

/// What it makes of an answer; by FakeJose, which shows how it was asked.
class JwtIntrospectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JwtIntrospectionTest);
    CPPUNIT_TEST(whoDoesNotAskGetsJson);
    CPPUNIT_TEST(whatIsSignedSaysForWhomAndIsNoToken);
    CPPUNIT_TEST(withoutAWordOfTheClientItIsRs256);
    CPPUNIT_TEST(whatIsEncryptedIsSignedFirst);
    CPPUNIT_TEST(withoutTheClientsKeysNothingIsSaid);
    CPPUNIT_TEST_SUITE_END();

    JwtIntrospectionBed bed_;
    std::unique_ptr<ClientMetadataRule> rule_ = bed_.make();
    const IntrospectionForm& form_ = *capabilityOf<IntrospectionForm>(*rule_);
    testkit::FakeContext context_;

    Result<std::optional<FormedAnswer>>
    told(const ValueMap& metadata, const char* accept = "application/token-introspection+jwt") {
        Client client;
        client.id = "api";
        client.metadata = metadata;
        HttpRequest request;
        request.headers = {{"accept", accept}};
        return form_.introspection(context_, request, client, R"({"active":false})");
    }
    std::string signedBy(const std::string& algorithm) {
        const Context& context = context_;
        return algorithm + R"(.token-introspection+jwt.{"iss":")" + context.issuer.url +
               R"(","aud":"api","iat":)" + std::to_string(toSeconds(bed_.host.clock().now())) +
               R"(,"token_introspection":{"active":false}})";
    }

public:
    void whoDoesNotAskGetsJson() {
        CPPUNIT_ASSERT(!*told({{"introspection_signed_response_alg", "ES256"}}, "*/*"));
    }

    void whatIsSignedSaysForWhomAndIsNoToken() {
        const auto answer = told({{"introspection_signed_response_alg", "ES256"}});
        CPPUNIT_ASSERT_EQUAL(std::string("application/token-introspection+jwt"),
                             (*answer)->mediaType);
        CPPUNIT_ASSERT_EQUAL(signedBy("ES256"), (*answer)->body);
    }

    void withoutAWordOfTheClientItIsRs256() {
        CPPUNIT_ASSERT_EQUAL(signedBy("RS256"), (*told({}))->body);
    }

    void whatIsEncryptedIsSignedFirst() {
        ValueMap metadata{{"introspection_encrypted_response_alg", "ECDH-ES"}};
        CPPUNIT_ASSERT_EQUAL("ECDH-ES.A128CBC-HS256.JWT." + signedBy("RS256"),
                             (*told(metadata))->body);
        metadata.set("introspection_encrypted_response_enc", "A256GCM");
        CPPUNIT_ASSERT_EQUAL("ECDH-ES.A256GCM.JWT." + signedBy("RS256"), (*told(metadata))->body);
    }

    void withoutTheClientsKeysNothingIsSaid() {
        bed_.kill();
        const auto answer = told({{"introspection_encrypted_response_alg", "ECDH-ES"}});
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT(answer.error().isTemporary());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JwtIntrospectionTest);

}  // namespace gatehouse
