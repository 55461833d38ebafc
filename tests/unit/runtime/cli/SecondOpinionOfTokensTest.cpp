// SPDX-License-Identifier: Apache-2.0
#include "app/cli/SecondOpinion.h"
#include "crypto/Digest.h"
#include "jose/SigningKey.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class SecondOpinionOfTokensTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecondOpinionOfTokensTest);
    CPPUNIT_TEST(pocoAgreesWithWhatOurKeysSigned);
    CPPUNIT_TEST(pocoDisagreesWithAnotherKeyAndAChangedToken);
    CPPUNIT_TEST(pocoJudgesHs256ByTheSecret);
    CPPUNIT_TEST(pocoHasNoOpinionOnWhatItDoesNotKnow);
    CPPUNIT_TEST_SUITE_END();

    static std::string signedBy(const SigningKey& key) {
        const std::string algorithm(key.algorithm());
        const auto input = base64url(R"({"alg":")" + algorithm + R"(","typ":"JWT"})") + "." +
                           base64url(R"({"sub":"alice"})");
        return input + "." + base64url(*key.sign(input));
    }

public:
    void pocoAgreesWithWhatOurKeysSigned() {
        for (const char* algorithm : {"RS256", "ES256"}) {
            const auto key = *SigningKey::generate(algorithm);
            CPPUNIT_ASSERT(Opinion::genuine ==
                           secondOpinion(key.publicJwk("k"), algorithm, signedBy(key)));
        }
    }

    void pocoDisagreesWithAnotherKeyAndAChangedToken() {
        const auto key = *SigningKey::generate("ES256");
        const auto other = *SigningKey::generate("ES256");
        const auto token = signedBy(key);
        CPPUNIT_ASSERT(Opinion::notGenuine == secondOpinion(other.publicJwk("k"), "ES256", token));
        const auto unsignedToken = token.substr(0, token.rfind('.') + 1);
        for (const auto& changed : {unsignedToken, unsignedToken + "AAAA", std::string("a.b.c"),
                                    std::string(), std::string("..")}) {
            CPPUNIT_ASSERT(Opinion::notGenuine ==
                           secondOpinion(key.publicJwk("k"), "ES256", changed));
        }
    }

    void pocoJudgesHs256ByTheSecret() {
        const Secret secret(std::string(32, 's'));
        const auto input = base64url(R"({"alg":"HS256"})") + "." + base64url(R"({"sub":"alice"})");
        const auto token = input + "." + base64url(hmacSha256(secret.view(), input));
        CPPUNIT_ASSERT(Opinion::genuine == secondOpinion(secret, token));
        CPPUNIT_ASSERT(Opinion::notGenuine == secondOpinion(Secret(std::string(32, 't')), token));
        CPPUNIT_ASSERT(Opinion::notGenuine == secondOpinion(secret, input + "."));
    }

    void pocoHasNoOpinionOnWhatItDoesNotKnow() {
        for (const char* algorithm : {"PS256", "EdDSA"}) {
            const auto key = *SigningKey::generate(algorithm);
            CPPUNIT_ASSERT(Opinion::none ==
                           secondOpinion(key.publicJwk("k"), algorithm, signedBy(key)));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SecondOpinionOfTokensTest);

}  // namespace gatehouse
