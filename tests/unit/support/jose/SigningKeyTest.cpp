// SPDX-License-Identifier: Apache-2.0
#include "jose/SigningKey.h"

#include "FakeKeyStore.h"
#include "jose/Algorithm.h"
#include "jose/Jwk.h"
#include "jose/VerificationKey.h"

#include <cppunit/extensions/HelperMacros.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

class SigningKeyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SigningKeyTest);
    CPPUNIT_TEST(everyAlgorithmSignsAndIsVerified);
    CPPUNIT_TEST(signaturesHaveTheLengthOfTheirAlgorithm);
    CPPUNIT_TEST(ecdsaSignaturesNeverLoseALeadingZero);
    CPPUNIT_TEST(aStoredKeyComesBack);
    CPPUNIT_TEST(thePublicJwkHoldsNothingPrivate);
    CPPUNIT_TEST(anEmptyKidBecomesTheThumbprint);
    CPPUNIT_TEST(algorithmsWithoutKeyPairsAreRefused);
    CPPUNIT_TEST(aKeyOfAnotherTypeIsRefused);
    CPPUNIT_TEST(aSmallRsaKeyIsRefused);
    CPPUNIT_TEST(damagedKeysAreRefused);
    CPPUNIT_TEST(threadsMayShareAKey);
    CPPUNIT_TEST(failuresLeaveNoErrorBehind);
    CPPUNIT_TEST_SUITE_END();

    static SigningKey keyFor(std::string_view algorithm) {
        if (algorithm[0] == 'R' || algorithm[0] == 'P') {
            return *SigningKey::fromPkcs8(sharedKey("RS256").toPkcs8(), algorithm);
        }
        return *SigningKey::generate(algorithm);
    }

    static Secret pkcs8(EVP_PKEY* key) {
        const std::unique_ptr<PKCS8_PRIV_KEY_INFO, decltype(&PKCS8_PRIV_KEY_INFO_free)> info(
            EVP_PKEY2PKCS8(key), PKCS8_PRIV_KEY_INFO_free);
        std::string der(static_cast<std::size_t>(i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr)),
                        '\0');
        auto* place = reinterpret_cast<unsigned char*>(der.data());
        i2d_PKCS8_PRIV_KEY_INFO(info.get(), &place);
        return Secret(der);
    }

public:
    void everyAlgorithmSignsAndIsVerified() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, keyPairAlgorithms().size());
        for (const auto algorithm : keyPairAlgorithms()) {
            const auto key = keyFor(algorithm);
            const auto signature = key.sign("input");
            CPPUNIT_ASSERT(signature);
            const auto verifier = VerificationKey::fromJwk(key.publicJwk("k"));
            CPPUNIT_ASSERT(verifier);
            CPPUNIT_ASSERT(verifier->verify(algorithm, "input", *signature));
            CPPUNIT_ASSERT(verifier->verify(algorithm, "input", *signature));
            CPPUNIT_ASSERT(!verifier->verify(algorithm, "inpuT", *signature));
            CPPUNIT_ASSERT(!verifier->verify(algorithm, "input", signature->substr(1)));
        }
    }

    void signaturesHaveTheLengthOfTheirAlgorithm() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{64}, keyFor("ES256").sign("x")->size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{96}, keyFor("ES384").sign("x")->size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{132}, keyFor("ES512").sign("x")->size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{64}, keyFor("EdDSA").sign("x")->size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{256}, keyFor("RS256").sign("x")->size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{256}, keyFor("PS512").sign("x")->size());
    }

    /// One of 128 has a half that begins with a zero byte.
    void ecdsaSignaturesNeverLoseALeadingZero() {
        const auto& key = sharedKey("ES256");
        const auto verifier = VerificationKey::fromJwk(key.publicJwk(""));
        int zeros = 0;
        for (int round = 0; round < 20'000 && zeros < 4; ++round) {
            const auto signature = *key.sign(std::to_string(round));
            CPPUNIT_ASSERT_EQUAL(std::size_t{64}, signature.size());
            if (signature[0] == '\0' || signature[32] == '\0') {
                ++zeros;
                CPPUNIT_ASSERT(verifier->verify("ES256", std::to_string(round), signature));
            }
        }
        CPPUNIT_ASSERT_EQUAL(4, zeros);
    }

    void aStoredKeyComesBack() {
        for (const auto algorithm : {"RS256", "ES256", "ES512", "EdDSA"}) {
            const auto key = keyFor(algorithm);
            const auto again = SigningKey::fromPkcs8(key.toPkcs8(), algorithm);
            CPPUNIT_ASSERT(again);
            CPPUNIT_ASSERT(again->publicJwk("") == key.publicJwk(""));
            CPPUNIT_ASSERT_EQUAL(std::string(algorithm), std::string(again->algorithm()));
            CPPUNIT_ASSERT(VerificationKey::fromJwk(key.publicJwk(""))
                               ->verify(algorithm, "x", *again->sign("x")));
        }
    }

    void thePublicJwkHoldsNothingPrivate() {
        for (const auto algorithm : {"RS256", "ES256", "EdDSA"}) {
            const auto jwk = keyFor(algorithm).publicJwk("kid-1");
            CPPUNIT_ASSERT(!isPrivateJwk(jwk));
            CPPUNIT_ASSERT_EQUAL(std::string("kid-1"), std::string(jwk.text("kid")));
            CPPUNIT_ASSERT_EQUAL(std::string(algorithm), std::string(jwk.text("alg")));
            CPPUNIT_ASSERT_EQUAL(std::string("sig"), std::string(jwk.text("use")));
        }
        const auto rsa = sharedKey("RS256").publicJwk("k");
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, rsa.size());
        CPPUNIT_ASSERT_EQUAL(std::string("AQAB"), std::string(rsa.text("e")));
    }

    void anEmptyKidBecomesTheThumbprint() {
        const auto jwk = sharedKey("ES256").publicJwk("");
        CPPUNIT_ASSERT_EQUAL(std::size_t{43}, jwk.text("kid").size());
        CPPUNIT_ASSERT_EQUAL(thumbprint(jwk), std::string(jwk.text("kid")));
    }

    void algorithmsWithoutKeyPairsAreRefused() {
        for (const char* algorithm : {"none", "HS256", "", "RS1", "es256", "ES256K"}) {
            CPPUNIT_ASSERT_MESSAGE(algorithm, !SigningKey::generate(algorithm));
            CPPUNIT_ASSERT_MESSAGE(algorithm,
                                   !SigningKey::fromPkcs8(sharedKey("ES256").toPkcs8(), algorithm));
        }
    }

    void aKeyOfAnotherTypeIsRefused() {
        const auto ec = sharedKey("ES256").toPkcs8();
        for (const char* algorithm : {"ES384", "ES512", "RS256", "PS256", "EdDSA"}) {
            CPPUNIT_ASSERT_MESSAGE(algorithm, !SigningKey::fromPkcs8(ec, algorithm));
        }
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> koblitz(EVP_EC_gen("secp256k1"),
                                                                          EVP_PKEY_free);
        CPPUNIT_ASSERT(koblitz);
        CPPUNIT_ASSERT(!SigningKey::fromPkcs8(pkcs8(koblitz.get()), "ES256"));
    }

    void aSmallRsaKeyIsRefused() {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> small(EVP_RSA_gen(1024),
                                                                        EVP_PKEY_free);
        CPPUNIT_ASSERT(small);
        const auto key = SigningKey::fromPkcs8(pkcs8(small.get()), "RS256");
        CPPUNIT_ASSERT(!key);
        CPPUNIT_ASSERT(key.error().fault == Fault::badInput);
    }

    void damagedKeysAreRefused() {
        CPPUNIT_ASSERT(!SigningKey::fromPkcs8(Secret(), "ES256"));
        CPPUNIT_ASSERT(!SigningKey::fromPkcs8(Secret("no key"), "ES256"));
        const auto der = std::string(sharedKey("ES256").toPkcs8().view());
        CPPUNIT_ASSERT(!SigningKey::fromPkcs8(Secret(der.substr(0, der.size() - 1)), "ES256"));
        CPPUNIT_ASSERT(!SigningKey::fromPkcs8(Secret(der + "x"), "ES256"));
        auto changed = der;  // its last bytes are the public point, which then no longer belongs to
                             // the private number
        changed.back() = static_cast<char>(changed.back() ^ 1);
        CPPUNIT_ASSERT(!SigningKey::fromPkcs8(Secret(changed), "ES256"));
    }

    void threadsMayShareAKey() {
        for (const auto algorithm : {"ES256", "EdDSA", "RS256"}) {
            const auto key = keyFor(algorithm);
            const auto verifier = *VerificationKey::fromJwk(key.publicJwk(""));
            std::atomic<int> wrong{0};
            std::vector<std::thread> threads;
            for (int thread = 0; thread < 4; ++thread) {
                threads.emplace_back([&, thread] {
                    for (int round = 0; round < 40; ++round) {
                        const auto input = std::to_string(thread) + "/" + std::to_string(round);
                        const auto signature = key.sign(input);
                        wrong += signature && verifier.verify(algorithm, input, *signature) ? 0 : 1;
                    }
                });
            }
            for (auto& thread : threads) {
                thread.join();
            }
            CPPUNIT_ASSERT_EQUAL(0, wrong.load());
        }
    }

    void failuresLeaveNoErrorBehind() {
        CPPUNIT_ASSERT(!SigningKey::fromPkcs8(Secret("no key"), "ES256"));
        CPPUNIT_ASSERT_EQUAL(0UL, ERR_peek_error());
        CPPUNIT_ASSERT(!SigningKey::fromPkcs8(sharedKey("ES256").toPkcs8(), "ES384"));
        CPPUNIT_ASSERT_EQUAL(0UL, ERR_peek_error());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SigningKeyTest);

}  // namespace gatehouse
