// SPDX-License-Identifier: Apache-2.0
#include "ClientSecretAuth.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

using Fields = std::vector<Form::Field>;

class ClientSecretAuthTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientSecretAuthTest);
    CPPUNIT_TEST(basicAndPostProveTheClient);
    CPPUNIT_TEST(theHeaderIsFormDecoded);
    CPPUNIT_TEST(theSchemesNameHasNoCase);
    CPPUNIT_TEST(anotherSchemeIsNotOffered);
    CPPUNIT_TEST(aBrokenHeaderIsFoundAndMalformed);
    CPPUNIT_TEST(aSecretSentTwoWaysIsMalformed);
    CPPUNIT_TEST(anotherClientIdInTheFormIsMalformed);
    CPPUNIT_TEST(twoAuthorizationHeadersAreMalformed);
    CPPUNIT_TEST(doubledFormFieldsAreMalformed);
    CPPUNIT_TEST(aSecretWithoutClientIdIsMalformed);
    CPPUNIT_TEST(aMalformedProofIsRefusedWithItsReason);
    CPPUNIT_TEST(aWrongSecretIsRefused);
    CPPUNIT_TEST(anEmptySecretIsRefused);
    CPPUNIT_TEST(twoSecretsAreValidWhileTheyOverlap);
    CPPUNIT_TEST(anExpiredSecretIsRefusedAndSaidToBe);
    CPPUNIT_TEST(aClientWithoutSecretsIsRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        CPPUNIT_ASSERT(method_.configure(testkit::FakeConfig{}, host_));
        client_.id = "shop";
        client_.authMethod = "client_secret_basic";
        client_.secrets = {secret("right")};
    }

private:
    void basicAndPostProveTheClient() {
        const auto basic = method_.find(withHeader("Basic c2hvcDpyaWdodA=="), Form{});
        CPPUNIT_ASSERT(basic);
        CPPUNIT_ASSERT_EQUAL(std::string("client_secret_basic"), basic->method);
        CPPUNIT_ASSERT_EQUAL(std::string("shop"), basic->clientId);
        CPPUNIT_ASSERT(verify(*basic).isProven);
        const auto post = method_.find({}, form("shop", "right"));
        CPPUNIT_ASSERT(post);
        CPPUNIT_ASSERT_EQUAL(std::string("client_secret_post"), post->method);
        CPPUNIT_ASSERT_EQUAL(std::string("shop"), post->clientId);
        CPPUNIT_ASSERT(verify(*post).isProven);
    }

    void theHeaderIsFormDecoded() {
        // "a%3Ab+c:p%25%2B+q%2F%C3%A4"
        const auto proof =
            method_.find(withHeader("Basic YSUzQWIrYzpwJTI1JTJCK3ElMkYlQzMlQTQ="), Form{});
        CPPUNIT_ASSERT(proof);
        CPPUNIT_ASSERT_EQUAL(std::string(), proof->malformed);
        CPPUNIT_ASSERT_EQUAL(std::string("a:b c"), proof->clientId);
        CPPUNIT_ASSERT_EQUAL(std::string("p%+ q/ä"), std::string(proof->evidence.view()));
    }

    void theSchemesNameHasNoCase() {
        const auto proof = method_.find(withHeader("bAsIc   c2hvcDpyaWdodA=="), Form{});
        CPPUNIT_ASSERT(proof);
        CPPUNIT_ASSERT(verify(*proof).isProven);
    }

    void anotherSchemeIsNotOffered() {
        for (const char* header : {"", "Bearer c2hvcDpyaWdodA==", "Basics c2hvcDpyaWdodA==", "Bas",
                                   "DPoP eyJ", "c2hvcDpyaWdodA=="}) {
            CPPUNIT_ASSERT_MESSAGE(header, !method_.find(withHeader(header), Form{}));
        }
        CPPUNIT_ASSERT(!method_.find({}, Form(Fields{{"client_id", "shop"}})));
    }

    void aBrokenHeaderIsFoundAndMalformed() {
        for (const char* header : {
                 "Basic", "Basic ",
                 "Basic c2hvcDpyaWdodA",  // no padding
                 "Basic c2hvcDpyaWdodA===",  // too much of it
                 "Basic c2hvcDpyaWdodB==",  // bits behind the end
                 "Basic c2hvcDpy aWdodA==",  // a space inside
                 "Basic c2hvcDpyaWd_dA==",  // base64url
                 "Basic c2hvcA==",  // "shop": no colon
                 "Basic OnJpZ2h0",  // ":right": no id
                 "Basic c2hvcDpyaSVnaHQ=",  // "shop:ri%ght"
                 "Basic c2hvcDpyJTAwaWdodA==",  // "shop:r%00ight"
                 "Basic c2hvcDr/",  // not UTF-8
             }) {
            const auto proof = method_.find(withHeader(header), Form{});
            CPPUNIT_ASSERT_MESSAGE(header, proof);
            CPPUNIT_ASSERT_MESSAGE(header, !proof->malformed.empty());
            CPPUNIT_ASSERT_EQUAL(std::string("client_secret_basic"), proof->method);
        }
    }

    void aSecretSentTwoWaysIsMalformed() {
        const auto proof =
            method_.find(withHeader("Basic c2hvcDpyaWdodA=="), form("shop", "right"));
        CPPUNIT_ASSERT(proof && !proof->malformed.empty());
    }

    void anotherClientIdInTheFormIsMalformed() {
        const auto request = withHeader("Basic c2hvcDpyaWdodA==");
        CPPUNIT_ASSERT(
            !method_.find(request, Form(Fields{{"client_id", "other"}}))->malformed.empty());
        CPPUNIT_ASSERT(
            method_.find(request, Form(Fields{{"client_id", "shop"}}))->malformed.empty());
    }

    void twoAuthorizationHeadersAreMalformed() {
        auto request = withHeader("Basic c2hvcDpyaWdodA==");
        request.headers.push_back({"authorization", "Basic c2hvcDpyaWdodA=="});
        CPPUNIT_ASSERT(!method_.find(request, Form{})->malformed.empty());
    }

    void doubledFormFieldsAreMalformed() {
        const Form twoSecrets(
            Fields{{"client_id", "shop"}, {"client_secret", "right"}, {"client_secret", "right"}});
        const Form twoIds(
            Fields{{"client_id", "shop"}, {"client_id", "shop"}, {"client_secret", "right"}});
        CPPUNIT_ASSERT(!method_.find({}, twoSecrets)->malformed.empty());
        CPPUNIT_ASSERT(!method_.find({}, twoIds)->malformed.empty());
    }

    void aSecretWithoutClientIdIsMalformed() {
        CPPUNIT_ASSERT(
            !method_.find({}, Form(Fields{{"client_secret", "right"}}))->malformed.empty());
    }

    void aMalformedProofIsRefusedWithItsReason() {
        const auto proof = method_.find(withHeader("Basic !"), Form{});
        const auto verdict = verify(*proof);
        CPPUNIT_ASSERT(!verdict.isProven);
        CPPUNIT_ASSERT_EQUAL(std::string("the Basic header is not base64"), verdict.reason);
    }

    void aWrongSecretIsRefused() {
        const auto verdict = verify(*method_.find({}, form("shop", "wrong")));
        CPPUNIT_ASSERT(!verdict.isProven);
        CPPUNIT_ASSERT_EQUAL(std::string("the secret is wrong"), verdict.reason);
    }

    void anEmptySecretIsRefused() {
        const auto proof = method_.find(withHeader("Basic c2hvcDo="), Form{});
        CPPUNIT_ASSERT(proof);
        CPPUNIT_ASSERT(!verify(*proof).isProven);
    }

    void twoSecretsAreValidWhileTheyOverlap() {
        client_.secrets.push_back(secret("newer"));
        client_.secrets[0].expires = host_.fakeClock.now() + seconds{60};
        CPPUNIT_ASSERT(verify(*method_.find({}, form("shop", "right"))).isProven);
        CPPUNIT_ASSERT(verify(*method_.find({}, form("shop", "newer"))).isProven);
        host_.fakeClock.advance(seconds{60});
        CPPUNIT_ASSERT(!verify(*method_.find({}, form("shop", "right"))).isProven);
        CPPUNIT_ASSERT(verify(*method_.find({}, form("shop", "newer"))).isProven);
    }

    void anExpiredSecretIsRefusedAndSaidToBe() {
        client_.secrets[0].expires = host_.fakeClock.now();
        const auto verdict = verify(*method_.find({}, form("shop", "right")));
        CPPUNIT_ASSERT(!verdict.isProven);
        CPPUNIT_ASSERT_EQUAL(std::string("the secret has expired"), verdict.reason);
    }

    void aClientWithoutSecretsIsRefused() {
        client_.secrets.clear();
        const auto verdict = verify(*method_.find({}, form("shop", "right")));
        CPPUNIT_ASSERT_EQUAL(std::string("the client has no secret"), verdict.reason);
    }

    static HttpRequest withHeader(std::string_view value) {
        HttpRequest request;
        if (!value.empty()) {
            request.headers.push_back({"authorization", std::string(value)});
        }
        return request;
    }
    static Form form(const char* id, const char* secret) {
        return Form(Fields{{"client_id", id}, {"client_secret", secret}});
    }
    ClientSecret secret(std::string_view text) {
        ClientSecret secret;
        secret.hash = base64url(host_.fakeCrypto.mac("client_secret", text));
        return secret;
    }
    Verdict verify(const ClientProof& proof) {
        const auto verdict = method_.verify(testkit::FakeContext{}, proof, client_);
        CPPUNIT_ASSERT(verdict);
        return *verdict;
    }

    testkit::FakeHost host_;
    ClientSecretAuth method_;
    Client client_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientSecretAuthTest);

}  // namespace gatehouse
