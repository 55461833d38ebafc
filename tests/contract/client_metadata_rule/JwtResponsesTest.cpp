// SPDX-License-Identifier: Apache-2.0
#include "JwtResponses.h"

#include <gatehouse/testkit/ClientMetadataRuleContract.h>
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>

#include "jose/DecryptionKey.h"

namespace gatehouse {

namespace {

ValueMap keySet() {
    static const auto key = DecryptionKey::generate("ECDH-ES");
    ValueMap jwk = key->publicJwk("one");
    jwk.erase("alg");
    return {{"keys", ValueList{jwk}}};
}

struct JwtResponsesBed : testkit::FacadeBed {
    std::unique_ptr<ClientMetadataRule> make() {
        auto rule = std::make_unique<JwtResponses>();
        CPPUNIT_ASSERT(rule->configure(testkit::FakeConfig(fieldsOf<JwtResponses>()), host));
        CPPUNIT_ASSERT(rule->start());
        return rule;
    }
    ValueMap good() { return {{"userinfo_signed_response_alg", "ES256"}}; }
    std::vector<ValueMap> bad() {
        return {{{"userinfo_signed_response_alg", "none"}},
                {{"userinfo_signed_response_alg", "HS256"}},
                {{"userinfo_signed_response_alg", "PS256"}},
                {{"userinfo_signed_response_alg", 1}},
                {{"id_token_encrypted_response_alg", "dir"}},
                {{"id_token_encrypted_response_alg", "ECDH-ES"}},
                {{"id_token_encrypted_response_enc", "A256GCM"}},
                {{"userinfo_encrypted_response_enc", "A192GCM"}},
                {{"userinfo_encrypted_response_alg", "RSA-OAEP"}, {"jwks", keySet()}},
                {{"userinfo_encrypted_response_alg", "RSA-OAEP"}, {"jwks", "keys"}}};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientMetadataRuleContract<JwtResponsesBed>);

/// What it makes of what clients are told; by FakeJose, which shows how it was asked.
class JwtResponsesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JwtResponsesTest);
    CPPUNIT_TEST(aKeyThatFitsIsEnough);
    CPPUNIT_TEST(aKeyThatIsNoneIsRefused);
    CPPUNIT_TEST(aClientWithoutMembersGetsWhatItGot);
    CPPUNIT_TEST(anIdTokenIsEncryptedAsTheClientWants);
    CPPUNIT_TEST(userinfoIsSignedThenEncrypted);
    CPPUNIT_TEST(anAlgorithmWithoutAnEncryptionHasTheDefault);
    CPPUNIT_TEST_SUITE_END();

    JwtResponsesBed bed_;
    std::unique_ptr<ClientMetadataRule> rule_ = bed_.make();
    const ResponseForm& form_ = *capabilityOf<ResponseForm>(*rule_);
    testkit::FakeContext context_;

    static Client clientWith(const ValueMap& metadata) {
        Client client;
        client.id = "shop";
        client.metadata = metadata;
        return client;
    }
    std::optional<std::string> userinfo(const ValueMap& metadata) {
        return *form_.userinfo(context_, clientWith(metadata), {{"sub", "1"}});
    }

public:
    void aKeyThatFitsIsEnough() {
        for (const auto* algorithm : {"ECDH-ES", "ECDH-ES+A256KW"}) {
            CPPUNIT_ASSERT(rule_->admit(
                context_, {{"id_token_encrypted_response_alg", algorithm}, {"jwks", keySet()}}));
        }
    }

    void aKeyThatIsNoneIsRefused() {
        auto jwk = *keySet().find("keys")->list()->front().map();
        jwk.set("y", jwk.text("x"));
        CPPUNIT_ASSERT(!rule_->admit(context_, {{"id_token_encrypted_response_alg", "ECDH-ES"},
                                                {"jwks", ValueMap{{"keys", ValueList{jwk}}}}}));
    }

    void aClientWithoutMembersGetsWhatItGot() {
        CPPUNIT_ASSERT(!*form_.idToken(context_, clientWith({}), "a.b.c"));
        CPPUNIT_ASSERT(!userinfo({}));
    }

    void anIdTokenIsEncryptedAsTheClientWants() {
        const auto client = clientWith({{"id_token_encrypted_response_alg", "ECDH-ES"},
                                        {"id_token_encrypted_response_enc", "A256GCM"}});
        CPPUNIT_ASSERT(*form_.idToken(context_, client, "a.b.c") == "ECDH-ES.A256GCM.JWT.a.b.c");
    }

    void userinfoIsSignedThenEncrypted() {
        const std::string issuer = static_cast<const Context&>(context_).issuer.url;
        ValueMap metadata{{"userinfo_signed_response_alg", "ES256"}};
        const auto jwt = R"(ES256.JWT.{"sub":"1","iss":")" + issuer + R"(","aud":"shop"})";
        CPPUNIT_ASSERT_EQUAL(jwt, *userinfo(metadata));
        metadata.set("userinfo_encrypted_response_alg", "RSA-OAEP");
        metadata.set("userinfo_encrypted_response_enc", "A128GCM");
        CPPUNIT_ASSERT_EQUAL("RSA-OAEP.A128GCM.JWT." + jwt, *userinfo(metadata));
        metadata.erase("userinfo_signed_response_alg");
        CPPUNIT_ASSERT_EQUAL(std::string(R"(RSA-OAEP.A128GCM..{"sub":"1"})"), *userinfo(metadata));
    }

    void anAlgorithmWithoutAnEncryptionHasTheDefault() {
        const auto client = clientWith({{"id_token_encrypted_response_alg", "RSA-OAEP"}});
        CPPUNIT_ASSERT(*form_.idToken(context_, client, "a.b.c") ==
                       "RSA-OAEP.A128CBC-HS256.JWT.a.b.c");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JwtResponsesTest);

}  // namespace gatehouse
