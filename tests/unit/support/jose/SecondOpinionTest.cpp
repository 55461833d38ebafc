// SPDX-License-Identifier: Apache-2.0
#include "FakeKeyStore.h"
#include "crypto/Digest.h"
#include "crypto/KeyedCrypto.h"
#include "jose/JoseService.h"
#include "text/Base64Url.h"

#include <Poco/Crypto/ECKey.h>
#include <Poco/Crypto/EVPPKey.h>
#include <Poco/Crypto/RSAKey.h>
#include <Poco/JWT/Signer.h>
#include <Poco/JWT/Token.h>

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <sstream>
#include <string>

namespace gatehouse {

/// Poco's JWT is another implementation of the same RFCs: each must verify what the other signs.
class SecondOpinionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecondOpinionTest);
    CPPUNIT_TEST(pocoVerifiesOurRs256);
    CPPUNIT_TEST(pocoVerifiesOurEs256);
    CPPUNIT_TEST(pocoVerifiesOurHs256);
    CPPUNIT_TEST(weVerifyPocosRs256);
    CPPUNIT_TEST(weVerifyPocosEs256);
    CPPUNIT_TEST(weVerifyPocosHs256);
    CPPUNIT_TEST_SUITE_END();

    FakeKeyStore store_;
    KeyedCrypto crypto_{Secret(std::string(32, 'r'))};
    JoseService jose_{store_, crypto_};
    Issuer issuer_;
    Context context_{issuer_, {}, {}, {}};
    const std::string claims_ = R"({"sub":"alice","n":1700000000})";
    const std::string secret_ = std::string(40, 's');

    static Poco::Crypto::EVPPKey pocoKey(std::string_view algorithm) {
        const auto der = sharedKey(algorithm).toPkcs8();
        const auto* bytes = reinterpret_cast<const unsigned char*>(der.view().data());
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
            d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(der.view().size())),
            EVP_PKEY_free);
        CPPUNIT_ASSERT(key);
        return Poco::Crypto::EVPPKey(key.get());
    }

    static void prepare(Poco::JWT::Signer& signer, std::string_view algorithm) {
        signer.addAlgorithm(std::string(algorithm));
        if (algorithm == "RS256") {
            signer.setRSAKey(new Poco::Crypto::RSAKey(pocoKey(algorithm)));
        } else {
            signer.setECKey(new Poco::Crypto::ECKey(pocoKey(algorithm)));
        }
    }

    void pocoAccepts(const Poco::JWT::Signer& signer, const std::string& text) {
        Poco::JWT::Token token;
        CPPUNIT_ASSERT(signer.tryVerify(text, token));
        CPPUNIT_ASSERT_EQUAL(std::string("alice"), token.getSubject());
    }

    void pocoVerifiesOurs(const char* algorithm) {
        store_.add(sharedKey(algorithm), "k", KeyState::active);
        Poco::JWT::Signer signer;
        prepare(signer, algorithm);
        const auto text = *jose_.sign(context_, algorithm, "JWT", claims_);
        pocoAccepts(signer, text);
        auto changed = text;
        changed[text.find('.') + 5] ^= 1;
        Poco::JWT::Token token;
        CPPUNIT_ASSERT(!signer.tryVerify(changed, token));
    }

    static std::string pocoSigns(const Poco::JWT::Signer& signer, const char* algorithm) {
        Poco::JWT::Token token;
        token.setType("JWT");
        token.setSubject("alice");
        return signer.sign(token, algorithm);
    }

    void weVerifyPocos(const char* algorithm) {
        Poco::JWT::Signer signer;
        prepare(signer, algorithm);
        const Value keys = ValueMap{{"keys", ValueList{sharedKey(algorithm).publicJwk("k")}}};
        for (int round = 0; round < 20; ++round) {
            const auto jwt = jose_.verifyWith(keys, {algorithm}, pocoSigns(signer, algorithm));
            CPPUNIT_ASSERT(jwt);
            CPPUNIT_ASSERT_EQUAL(std::string("alice"), std::string(jwt->claims.text("sub")));
        }
    }

public:
    void pocoVerifiesOurRs256() { pocoVerifiesOurs("RS256"); }
    void pocoVerifiesOurEs256() { pocoVerifiesOurs("ES256"); }

    void pocoVerifiesOurHs256() {
        const auto input = base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + base64url(claims_);
        const Poco::JWT::Signer signer(secret_);
        pocoAccepts(signer, input + "." + base64url(hmacSha256(secret_, input)));
    }

    void weVerifyPocosRs256() { weVerifyPocos("RS256"); }
    void weVerifyPocosEs256() { weVerifyPocos("ES256"); }

    void weVerifyPocosHs256() {
        const Poco::JWT::Signer signer(secret_);
        const auto text = pocoSigns(signer, "HS256");
        CPPUNIT_ASSERT(jose_.verifyWith(Secret(secret_), {"HS256"}, text));
        CPPUNIT_ASSERT(!jose_.verifyWith(Secret(secret_ + "s"), {"HS256"}, text));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SecondOpinionTest);

}  // namespace gatehouse
