// SPDX-License-Identifier: Apache-2.0
#include "PublicClient.h"

#include <gatehouse/testkit/FakeContext.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

using Fields = std::vector<Form::Field>;

class PublicClientTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PublicClientTest);
    CPPUNIT_TEST(aClientIdAloneNamesAPublicClient);
    CPPUNIT_TEST(anEmptySecretCountsAsNone);
    CPPUNIT_TEST(anotherProofMakesItNotOurs);
    CPPUNIT_TEST(aBearerHeaderIsNoProofOfAClient);
    CPPUNIT_TEST(withoutClientIdThereIsNothingToFind);
    CPPUNIT_TEST(aDoubledClientIdIsRefused);
    CPPUNIT_TEST(aConfidentialClientWithoutProofIsRefused);
    CPPUNIT_TEST_SUITE_END();

    void aClientIdAloneNamesAPublicClient() {
        const auto proof = method_.find({}, Form(Fields{{"client_id", "app"}}));
        CPPUNIT_ASSERT(proof);
        CPPUNIT_ASSERT_EQUAL(std::string("app"), proof->clientId);
        CPPUNIT_ASSERT_EQUAL(std::string("none"), proof->method);
        CPPUNIT_ASSERT(verdict(*proof, "none").isProven);
    }

    void anEmptySecretCountsAsNone() {
        CPPUNIT_ASSERT(method_.find({}, Form(Fields{{"client_id", "app"}, {"client_secret", ""}})));
    }

    void anotherProofMakesItNotOurs() {
        for (const char* field : {"client_secret", "client_assertion", "client_assertion_type"}) {
            const Form form(Fields{{"client_id", "app"}, {field, "x"}});
            CPPUNIT_ASSERT_MESSAGE(field, !method_.find({}, form));
        }
        HttpRequest request;
        request.headers.push_back({"authorization", "BASIC eA=="});
        CPPUNIT_ASSERT(!method_.find(request, Form(Fields{{"client_id", "app"}})));
    }

    void aBearerHeaderIsNoProofOfAClient() {
        HttpRequest request;
        request.headers.push_back({"authorization", "Bearer token"});
        CPPUNIT_ASSERT(method_.find(request, Form(Fields{{"client_id", "app"}})));
    }

    void withoutClientIdThereIsNothingToFind() {
        CPPUNIT_ASSERT(!method_.find({}, Form{}));
        CPPUNIT_ASSERT(!method_.find({}, Form(Fields{{"client_id", ""}})));
    }

    void aDoubledClientIdIsRefused() {
        const auto proof =
            method_.find({}, Form(Fields{{"client_id", "app"}, {"client_id", "other"}}));
        CPPUNIT_ASSERT(proof && !proof->malformed.empty());
        CPPUNIT_ASSERT(!verdict(*proof, "none").isProven);
    }

    void aConfidentialClientWithoutProofIsRefused() {
        const auto proof = method_.find({}, Form(Fields{{"client_id", "shop"}}));
        const auto refused = verdict(*proof, "client_secret_basic");
        CPPUNIT_ASSERT(!refused.isProven);
        CPPUNIT_ASSERT(refused.reason.find("client_secret_basic") != std::string::npos);
    }

    Verdict verdict(const ClientProof& proof, const char* authMethod) {
        Client client;
        client.authMethod = authMethod;
        const auto verdict = method_.verify(testkit::FakeContext{}, proof, client);
        CPPUNIT_ASSERT(verdict);
        return *verdict;
    }

    PublicClient method_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(PublicClientTest);

}  // namespace gatehouse
