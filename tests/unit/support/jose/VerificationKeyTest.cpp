// SPDX-License-Identifier: Apache-2.0
#include "jose/VerificationKey.h"

#include "FakeKeyStore.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>
#include <openssl/err.h>

#include <string>

namespace gatehouse {

class VerificationKeyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VerificationKeyTest);
    CPPUNIT_TEST(signaturesOfTheWrongLengthDoNotHold);
    CPPUNIT_TEST(rsaSignaturesWithoutTheirLeadingZeroDoNotHold);
    CPPUNIT_TEST(zeroAndHugeEcdsaSignaturesDoNotHold);
    CPPUNIT_TEST(theSameSignatureInDerDoesNotHold);
    CPPUNIT_TEST(theAlgorithmFitsTheKeyOrNothingHolds);
    CPPUNIT_TEST(theAlgOfAJwkBindsIt);
    CPPUNIT_TEST(aKeyThatIsNotForSignaturesIsRefused);
    CPPUNIT_TEST(rsaKeysThatAreTooSmallOrBigAreRefused);
    CPPUNIT_TEST(strangeRsaExponentsAreRefused);
    CPPUNIT_TEST(pointsOffTheCurveAreRefused);
    CPPUNIT_TEST(edwardsPointsOfSmallOrderAreRefused);
    CPPUNIT_TEST(coordinatesOfTheWrongLengthAreRefused);
    CPPUNIT_TEST(unknownTypesAndCurvesAreRefused);
    CPPUNIT_TEST(membersThatAreNoTextAreRefused);
    CPPUNIT_TEST(privateMembersAreNotLookedAt);
    CPPUNIT_TEST(failuresLeaveNoErrorBehind);
    CPPUNIT_TEST_SUITE_END();

    const ValueMap rsa_ = sharedKey("RS256").publicJwk("r");
    const ValueMap ec_ = sharedKey("ES256").publicJwk("e");

    static ValueMap with(ValueMap jwk, std::string_view name, Value value) {
        jwk.set(name, std::move(value));
        return jwk;
    }
    static ValueMap without(ValueMap jwk, std::string_view name) {
        jwk.erase(name);
        return jwk;
    }
    static bool refuses(const ValueMap& jwk) {
        const auto key = VerificationKey::fromJwk(jwk);
        return !key && key.error().fault == Fault::badInput;
    }

public:
    void signaturesOfTheWrongLengthDoNotHold() {
        const auto key = *VerificationKey::fromJwk(ec_);
        const auto signature = *sharedKey("ES256").sign("x");
        CPPUNIT_ASSERT(key.verify("ES256", "x", signature));
        CPPUNIT_ASSERT(!key.verify("ES256", "x", ""));
        CPPUNIT_ASSERT(!key.verify("ES256", "x", signature.substr(0, 63)));
        CPPUNIT_ASSERT(!key.verify("ES256", "x", signature + '\0'));
        CPPUNIT_ASSERT(!key.verify("ES256", "x", '\0' + signature));
        CPPUNIT_ASSERT(!key.verify("ES256", "x", signature + signature));
    }

    /// RFC 8017 sections 8.1.2 and 8.2.2, step 1: as long as the modulus. One of 256 begins with a
    /// zero byte, and is the same number without it.
    void rsaSignaturesWithoutTheirLeadingZeroDoNotHold() {
        const auto key = *VerificationKey::fromJwk(without(rsa_, "alg"));
        for (const auto algorithm : {"RS256", "PS256"}) {
            const auto signer = *SigningKey::fromPkcs8(sharedKey("RS256").toPkcs8(), algorithm);
            std::string input;
            std::string signature;
            for (int round = 0; round < 20'000 && (round == 0 || signature[0] != '\0'); ++round) {
                input = std::to_string(round);
                signature = *signer.sign(input);
            }
            CPPUNIT_ASSERT_EQUAL('\0', signature[0]);
            CPPUNIT_ASSERT(key.verify(algorithm, input, signature));
            CPPUNIT_ASSERT(!key.verify(algorithm, input, signature.substr(1)));
            CPPUNIT_ASSERT(!key.verify(algorithm, input, '\0' + signature));
        }
    }

    /// A verifier that forgets to look takes r = s = 0 for valid (CVE-2022-21449).
    void zeroAndHugeEcdsaSignaturesDoNotHold() {
        const auto key = *VerificationKey::fromJwk(ec_);
        CPPUNIT_ASSERT(!key.verify("ES256", "x", std::string(64, '\0')));
        CPPUNIT_ASSERT(!key.verify("ES256", "x", std::string(64, '\xff')));
        CPPUNIT_ASSERT(!key.verify(
            "ES256", "x", std::string(32, '\0') + sharedKey("ES256").sign("x")->substr(32)));
    }

    void theSameSignatureInDerDoesNotHold() {
        const auto raw = *sharedKey("ES256").sign("x");
        std::string numbers;
        for (const auto& half : {raw.substr(0, 32), raw.substr(32)}) {
            numbers += std::string("\x02\x21\x00", 3) + half;
        }
        const auto der = std::string("\x30") + static_cast<char>(numbers.size()) + numbers;
        CPPUNIT_ASSERT(!VerificationKey::fromJwk(ec_)->verify("ES256", "x", der));
    }

    void theAlgorithmFitsTheKeyOrNothingHolds() {
        const auto ec = *VerificationKey::fromJwk(without(ec_, "alg"));
        const auto rsa = *VerificationKey::fromJwk(without(rsa_, "alg"));
        CPPUNIT_ASSERT(ec.allows("ES256") && rsa.allows("RS256") && rsa.allows("PS256") &&
                       rsa.allows("RS512"));
        for (const char* algorithm :
             {"none", "", "HS256", "ES384", "ES512", "EdDSA", "RS256", "es256"}) {
            CPPUNIT_ASSERT_MESSAGE(algorithm, !ec.allows(algorithm));
            CPPUNIT_ASSERT(!ec.verify(algorithm, "x", *sharedKey("ES256").sign("x")));
        }
        CPPUNIT_ASSERT(!rsa.allows("HS256") && !rsa.allows("none") && !rsa.allows("ES256"));
        const auto signature = *sharedKey("RS256").sign("x");
        CPPUNIT_ASSERT(rsa.verify("RS256", "x", signature));
        CPPUNIT_ASSERT(!rsa.verify("PS256", "x", signature));
        CPPUNIT_ASSERT(!rsa.verify("RS384", "x", signature));
    }

    void theAlgOfAJwkBindsIt() {
        const auto bound = *VerificationKey::fromJwk(with(rsa_, "alg", "PS256"));
        CPPUNIT_ASSERT(bound.allows("PS256"));
        CPPUNIT_ASSERT(!bound.allows("RS256"));
        CPPUNIT_ASSERT(!bound.verify("RS256", "x", *sharedKey("RS256").sign("x")));
        CPPUNIT_ASSERT(refuses(with(rsa_, "alg", 7)));
        CPPUNIT_ASSERT(!VerificationKey::fromJwk(with(rsa_, "alg", "ES256"))->allows("ES256"));
    }

    void aKeyThatIsNotForSignaturesIsRefused() {
        CPPUNIT_ASSERT(refuses(with(rsa_, "use", "enc")));
        CPPUNIT_ASSERT(refuses(with(rsa_, "use", "")));
        CPPUNIT_ASSERT(refuses(with(rsa_, "key_ops", ValueList{"encrypt"})));
        CPPUNIT_ASSERT(refuses(with(rsa_, "key_ops", "verify")));
        CPPUNIT_ASSERT(!refuses(with(rsa_, "key_ops", ValueList{"sign", "verify"})));
        CPPUNIT_ASSERT(!refuses(without(rsa_, "use")));
    }

    void rsaKeysThatAreTooSmallOrBigAreRefused() {
        for (const std::size_t bytes : {1U, 128U, 255U, 1025U, 2048U}) {
            std::string modulus(bytes, '\xff');
            CPPUNIT_ASSERT(refuses(with(rsa_, "n", base64url(modulus))));
        }
        CPPUNIT_ASSERT(
            refuses(with(rsa_, "n", base64url(std::string(200, '\0') + std::string(200, '\xff')))));
    }

    void strangeRsaExponentsAreRefused() {
        for (const auto& exponent :
             {std::string(), std::string("\0", 1), std::string("\1"), std::string("\2"),
              std::string("\1\0\0", 3), std::string(9, '\xff'), std::string(256, '\xff')}) {
            CPPUNIT_ASSERT(refuses(with(rsa_, "e", base64url(exponent))));
        }
        auto even = *fromBase64url(rsa_.text("n"));
        even.back() = static_cast<char>(even.back() & 0xfe);
        CPPUNIT_ASSERT(refuses(with(rsa_, "n", base64url(even))));
    }

    void pointsOffTheCurveAreRefused() {
        auto y = *fromBase64url(ec_.text("y"));
        y[31] = static_cast<char>(y[31] ^ 1);
        CPPUNIT_ASSERT(refuses(with(ec_, "y", base64url(y))));
        CPPUNIT_ASSERT(refuses(with(with(ec_, "x", base64url(std::string(32, '\0'))), "y",
                                    base64url(std::string(32, '\0')))));
        CPPUNIT_ASSERT(refuses(with(ec_, "x", base64url(std::string(32, '\xff')))));
    }

    /// Under the first of them, one constant signature would hold for every text.
    void edwardsPointsOfSmallOrderAreRefused() {
        const ValueMap okp{{"kty", "OKP"}, {"crv", "Ed25519"}};
        const std::string zeros(30, '\0');
        const std::string ones(30, '\xff');
        for (const auto& point :
             {'\1' + zeros + '\0', '\1' + zeros + '\x80', '\0' + zeros + '\0',
              '\0' + zeros + '\x80', '\xec' + ones + '\x7f', '\xed' + ones + '\xff',
              '\xee' + ones + '\x7f', *fromBase64url("JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_IU"),
              *fromBase64url("xxdqcD1N2E-6PAt2DRBnDyogU_osOczGTsf9d5KsA3o")}) {
            CPPUNIT_ASSERT_MESSAGE(base64url(point), refuses(with(okp, "x", base64url(point))));
        }
        CPPUNIT_ASSERT(VerificationKey::fromJwk(
            with(okp, "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")));
    }

    void coordinatesOfTheWrongLengthAreRefused() {
        const auto x = *fromBase64url(ec_.text("x"));
        CPPUNIT_ASSERT(refuses(with(ec_, "x", base64url(x.substr(1)))));
        CPPUNIT_ASSERT(refuses(with(ec_, "x", base64url('\0' + x))));
        CPPUNIT_ASSERT(refuses(without(ec_, "y")));
        CPPUNIT_ASSERT(refuses(with(ec_, "crv", "P-384")));
        CPPUNIT_ASSERT(refuses(with(ec_, "x", std::string(ec_.text("x")) + "=")));
    }

    void unknownTypesAndCurvesAreRefused() {
        CPPUNIT_ASSERT(refuses({}));
        CPPUNIT_ASSERT(refuses({{"kty", "oct"}, {"k", base64url(std::string(32, 'k'))}}));
        CPPUNIT_ASSERT(refuses(with(rsa_, "kty", "rsa")));
        CPPUNIT_ASSERT(refuses(with(ec_, "crv", "secp256k1")));
        CPPUNIT_ASSERT(refuses(with(ec_, "crv", "prime256v1")));
        const ValueMap okp{{"kty", "OKP"}, {"x", base64url(std::string(32, 'x'))}};
        CPPUNIT_ASSERT(refuses(with(okp, "crv", "X25519")));
        CPPUNIT_ASSERT(refuses(with(okp, "crv", "Ed448")));
        CPPUNIT_ASSERT(refuses(okp));
        CPPUNIT_ASSERT(
            refuses(with(with(okp, "crv", "Ed25519"), "x", base64url(std::string(31, 'x')))));
    }

    void membersThatAreNoTextAreRefused() {
        for (const char* member : {"kty", "n", "e"}) {
            CPPUNIT_ASSERT_MESSAGE(member, refuses(with(rsa_, member, 7)));
            CPPUNIT_ASSERT_MESSAGE(member, refuses(with(rsa_, member, Value())));
            CPPUNIT_ASSERT_MESSAGE(member, refuses(without(rsa_, member)));
        }
    }

    void privateMembersAreNotLookedAt() {
        const auto key = VerificationKey::fromJwk(with(ec_, "d", "not even base64url!"));
        CPPUNIT_ASSERT(key && key->verify("ES256", "x", *sharedKey("ES256").sign("x")));
    }

    void failuresLeaveNoErrorBehind() {
        const auto key = *VerificationKey::fromJwk(ec_);
        CPPUNIT_ASSERT(!key.verify("ES256", "x", std::string(64, '\x01')));
        CPPUNIT_ASSERT_EQUAL(0UL, ERR_peek_error());
        CPPUNIT_ASSERT(
            !VerificationKey::fromJwk(rsa_)->verify("RS256", "x", std::string(256, '\x01')));
        CPPUNIT_ASSERT_EQUAL(0UL, ERR_peek_error());
        CPPUNIT_ASSERT(refuses(with(ec_, "x", base64url(std::string(32, '\xff')))));
        CPPUNIT_ASSERT_EQUAL(0UL, ERR_peek_error());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VerificationKeyTest);

}  // namespace gatehouse
