// SPDX-License-Identifier: Apache-2.0
#include "jose/JoseService.h"

#include "FakeKeyStore.h"
#include "crypto/Digest.h"
#include "crypto/KeyedCrypto.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

class JoseServiceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JoseServiceTest);
    CPPUNIT_TEST(whatItSignsItVerifies);
    CPPUNIT_TEST(theHeaderNamesAlgorithmTypeAndKey);
    CPPUNIT_TEST(theActiveKeySigns);
    CPPUNIT_TEST(withoutAnActiveKeyItIsUnavailable);
    CPPUNIT_TEST(tamperingWithAnyPartIsNoticed);
    CPPUNIT_TEST(theKeyDecidesTheAlgorithm);
    CPPUNIT_TEST(anAsymmetricTokenNeedsAKid);
    CPPUNIT_TEST(anUnknownOrRemovedKeyVerifiesNothing);
    CPPUNIT_TEST(aRetiringKeyStillVerifies);
    CPPUNIT_TEST(anotherIssuersHmacDoesNotHold);
    CPPUNIT_TEST(aPublicKeyIsNoHmacSecret);
    CPPUNIT_TEST(aPayloadThatIsNoObjectIsNoJwt);
    CPPUNIT_TEST(aDeadStoreIsAnErrorAndNotAForgery);
    CPPUNIT_TEST(foreignKeysAreFoundByKidOrTried);
    CPPUNIT_TEST(onlyAllowedAlgorithmsAreTakenFromForeigners);
    CPPUNIT_TEST(unusableForeignKeysAreSkipped);
    CPPUNIT_TEST(notEveryKeyOfAHugeSetIsTried);
    CPPUNIT_TEST(strangeKeySetsVerifyNothing);
    CPPUNIT_TEST(aSharedSecretVerifies);
    CPPUNIT_TEST(aShortSecretVerifiesNothing);
    CPPUNIT_TEST(peekingReadsWithoutVerifying);
    CPPUNIT_TEST(threadsSignAndVerifyWhileKeysChange);
    CPPUNIT_TEST_SUITE_END();

    FakeKeyStore store_;
    KeyedCrypto crypto_{Secret(std::string(32, 'r'))};
    JoseService jose_{store_, crypto_};
    Issuer issuer_;
    Context context_{issuer_, {}, {}, {}};
    const std::string claims_ = R"({"sub":"alice"})";
    const Secret secret_{std::string(32, 's')};

    static std::string unsignedJwt(const std::string& header, const std::string& payload) {
        return base64url(header) + "." + base64url(payload);
    }
    static std::string signedJwt(const SigningKey& key, const std::string& header,
                                 const std::string& payload) {
        const auto input = unsignedJwt(header, payload);
        return input + "." + base64url(*key.sign(input));
    }
    static std::string macJwt(const Secret& secret, const std::string& header,
                              const std::string& payload) {
        const auto input = unsignedJwt(header, payload);
        return input + "." + base64url(hmacSha256(secret.view(), input));
    }
    static Value setOf(ValueList keys) { return ValueMap{{"keys", std::move(keys)}}; }
    static ValueMap without(ValueMap jwk, std::string_view name) {
        jwk.erase(name);
        return jwk;
    }
    bool isGenuine(const std::string& text) {
        const auto jwt = jose_.verify(context_, text);
        CPPUNIT_ASSERT(jwt);
        return jwt->has_value();
    }

public:
    void setUp() override {
        store_.add(sharedKey("RS256"), "rsa", KeyState::active);
        store_.add(sharedKey("ES256"), "ec", KeyState::active);
    }

    void whatItSignsItVerifies() {
        for (const char* algorithm : {"RS256", "ES256", "HS256"}) {
            const auto text = jose_.sign(context_, algorithm, "at+jwt", claims_);
            CPPUNIT_ASSERT(text);
            const auto jwt = *jose_.verify(context_, *text);
            CPPUNIT_ASSERT(jwt);
            CPPUNIT_ASSERT_EQUAL(std::string("alice"), std::string(jwt->claims.text("sub")));
            CPPUNIT_ASSERT_EQUAL(std::string(algorithm), std::string(jwt->header.text("alg")));
        }
    }

    void theHeaderNamesAlgorithmTypeAndKey() {
        const auto text = *jose_.sign(context_, "ES256", "at+jwt", claims_);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"alg":"ES256","typ":"at+jwt","kid":"ec"})"),
                             *fromBase64url(text.substr(0, text.find('.'))));
        const auto mac = *jose_.sign(context_, "HS256", "", claims_);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"alg":"HS256"})"),
                             *fromBase64url(mac.substr(0, mac.find('.'))));
    }

    void theActiveKeySigns() {
        store_.add(*SigningKey::generate("ES256"), "next", KeyState::pending);
        CPPUNIT_ASSERT_EQUAL(
            std::string("ec"),
            std::string(
                jose_.peek(*jose_.sign(context_, "ES256", "", claims_))->header.text("kid")));
        store_.published[0].state = KeyState::active;
        store_.published[1].state = KeyState::retiring;
        CPPUNIT_ASSERT_EQUAL(
            std::string("next"),
            std::string(
                jose_.peek(*jose_.sign(context_, "ES256", "", claims_))->header.text("kid")));
    }

    void withoutAnActiveKeyItIsUnavailable() {
        store_.published[0].state = KeyState::pending;
        for (const char* algorithm : {"ES256", "PS256", "none", "HS384", ""}) {
            const auto text = jose_.sign(context_, algorithm, "", claims_);
            CPPUNIT_ASSERT_MESSAGE(algorithm, !text);
            CPPUNIT_ASSERT(text.error().fault == Fault::unavailable);
        }
    }

    void tamperingWithAnyPartIsNoticed() {
        for (const char* algorithm : {"RS256", "ES256", "HS256"}) {
            const auto text = *jose_.sign(context_, algorithm, "JWT", claims_);
            for (std::size_t place = 0; place < text.size(); ++place) {
                auto changed = text;
                changed[place] = changed[place] == 'A' ? 'B' : 'A';
                CPPUNIT_ASSERT_MESSAGE(changed, !isGenuine(changed));
            }
            CPPUNIT_ASSERT(!isGenuine(text + ".junk"));
            CPPUNIT_ASSERT(!isGenuine(text.substr(0, text.rfind('.') + 1)));
            CPPUNIT_ASSERT(!isGenuine(text.substr(0, text.size() - 1)));
            CPPUNIT_ASSERT(isGenuine(text));
        }
    }

    void theKeyDecidesTheAlgorithm() {
        const auto ps = *SigningKey::fromPkcs8(sharedKey("RS256").toPkcs8(), "PS256");
        CPPUNIT_ASSERT(!isGenuine(signedJwt(ps, R"({"alg":"PS256","kid":"rsa"})", claims_)));
        CPPUNIT_ASSERT(
            !isGenuine(signedJwt(sharedKey("ES256"), R"({"alg":"ES256","kid":"rsa"})", claims_)));
        for (const char* header : {R"({"alg":"none","kid":"rsa"})", R"({"alg":"none"})",
                                   R"({"alg":"NONE","kid":"ec"})", R"({"alg":"","kid":"ec"})"}) {
            CPPUNIT_ASSERT_MESSAGE(header, !isGenuine(unsignedJwt(header, claims_) + "."));
        }
    }

    void anAsymmetricTokenNeedsAKid() {
        CPPUNIT_ASSERT(!isGenuine(signedJwt(sharedKey("ES256"), R"({"alg":"ES256"})", claims_)));
        CPPUNIT_ASSERT(
            isGenuine(signedJwt(sharedKey("ES256"), R"({"alg":"ES256","kid":"ec"})", claims_)));
    }

    void anUnknownOrRemovedKeyVerifiesNothing() {
        const auto text = *jose_.sign(context_, "ES256", "", claims_);
        CPPUNIT_ASSERT(
            !isGenuine(signedJwt(sharedKey("ES256"), R"({"alg":"ES256","kid":"gone"})", claims_)));
        CPPUNIT_ASSERT(isGenuine(text));
        store_.published.erase(store_.published.begin());
        store_.keys.erase(store_.keys.begin());
        CPPUNIT_ASSERT(!isGenuine(text));
    }

    void aRetiringKeyStillVerifies() {
        const auto text = *jose_.sign(context_, "ES256", "", claims_);
        store_.published[0].state = KeyState::retiring;
        CPPUNIT_ASSERT(isGenuine(text));
    }

    void anotherIssuersHmacDoesNotHold() {
        const auto text = *jose_.sign(context_, "HS256", "", claims_);
        Issuer other;
        other.id = 2;
        const Context otherContext{other, {}, {}, {}};
        CPPUNIT_ASSERT(!*jose_.verify(otherContext, text));
        CPPUNIT_ASSERT(*jose_.verify(context_, text));
    }

    /// The classic confusion: an RSA public key, known to all, taken as the secret of an HMAC.
    void aPublicKeyIsNoHmacSecret() {
        const auto jwk = sharedKey("RS256").publicJwk("rsa");
        const Secret modulus(*fromBase64url(jwk.text("n")));
        const Secret json(toJson(jwk));
        for (const auto* secret : {&modulus, &json}) {
            for (const char* header : {R"({"alg":"HS256","kid":"rsa"})", R"({"alg":"HS256"})"}) {
                const auto text = macJwt(*secret, header, claims_);
                CPPUNIT_ASSERT(!isGenuine(text));
                CPPUNIT_ASSERT(!jose_.verifyWith(setOf({jwk}), {"RS256", "HS256"}, text));
                CPPUNIT_ASSERT(
                    !jose_.verifyWith(setOf({without(jwk, "alg")}), {"RS256", "HS256"}, text));
            }
        }
    }

    void aPayloadThatIsNoObjectIsNoJwt() {
        for (const char* payload :
             {"", "[]", "\"alice\"", "null", "{", R"({"sub":"a","sub":"b"})"}) {
            const auto text = jose_.sign(context_, "ES256", "", payload);
            CPPUNIT_ASSERT(text);
            CPPUNIT_ASSERT_MESSAGE(payload, !isGenuine(*text));
            CPPUNIT_ASSERT_MESSAGE(payload, !jose_.peek(*text));
        }
    }

    void aDeadStoreIsAnErrorAndNotAForgery() {
        const auto text = *jose_.sign(context_, "ES256", "", claims_);
        store_.isAway = true;
        const auto jwt = jose_.verify(context_, text);
        CPPUNIT_ASSERT(!jwt);
        CPPUNIT_ASSERT(jwt.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(jose_.sign(context_, "ES256", "", claims_).error().fault ==
                       Fault::unavailable);
        CPPUNIT_ASSERT(!isGenuine("no.jwt.at all"));
    }

    void foreignKeysAreFoundByKidOrTried() {
        const auto rsa = sharedKey("RS256").publicJwk("r");
        const auto ec = sharedKey("ES256").publicJwk("e");
        const auto named = signedJwt(sharedKey("ES256"), R"({"alg":"ES256","kid":"e"})", claims_);
        const auto nameless = signedJwt(sharedKey("ES256"), R"({"alg":"ES256"})", claims_);
        CPPUNIT_ASSERT(jose_.verifyWith(setOf({rsa, ec}), {"ES256"}, named));
        CPPUNIT_ASSERT(jose_.verifyWith(setOf({rsa, ec}), {"ES256"}, nameless));
        CPPUNIT_ASSERT(jose_.verifyWith(setOf({without(ec, "kid")}), {"ES256"}, named));
        CPPUNIT_ASSERT(
            !jose_.verifyWith(setOf({sharedKey("ES256").publicJwk("other")}), {"ES256"}, named));
        CPPUNIT_ASSERT(!jose_.verifyWith(setOf({rsa}), {"ES256"}, nameless));
        CPPUNIT_ASSERT(!jose_.verifyWith(setOf({SigningKey::generate("ES256")->publicJwk("e")}),
                                         {"ES256"}, named));
    }

    void onlyAllowedAlgorithmsAreTakenFromForeigners() {
        const auto keys = setOf({without(sharedKey("RS256").publicJwk("r"), "alg")});
        const auto text = signedJwt(sharedKey("RS256"), R"({"alg":"RS256"})", claims_);
        CPPUNIT_ASSERT(jose_.verifyWith(keys, {"PS256", "RS256"}, text));
        CPPUNIT_ASSERT(!jose_.verifyWith(keys, {"PS256", "ES256"}, text));
        CPPUNIT_ASSERT(!jose_.verifyWith(keys, {}, text));
        CPPUNIT_ASSERT(
            !jose_.verifyWith(keys, {"none"}, unsignedJwt(R"({"alg":"none"})", claims_) + "."));
    }

    void unusableForeignKeysAreSkipped() {
        const auto good = sharedKey("ES256").publicJwk("e");
        auto encryption = good;
        encryption.set("use", "enc");
        const auto text = signedJwt(sharedKey("ES256"), R"({"alg":"ES256","kid":"e"})", claims_);
        const ValueMap unknown{{"kty", "XYZ"}, {"kid", "e"}};
        CPPUNIT_ASSERT(
            jose_.verifyWith(setOf({7, Value(), unknown, encryption, good}), {"ES256"}, text));
        CPPUNIT_ASSERT(
            !jose_.verifyWith(setOf({7, Value(), unknown, encryption}), {"ES256"}, text));
    }

    void notEveryKeyOfAHugeSetIsTried() {
        const auto good = sharedKey("ES256").publicJwk("e");
        const auto text = signedJwt(sharedKey("ES256"), R"({"alg":"ES256"})", claims_);
        const auto stranger = SigningKey::generate("ES256")->publicJwk("s");
        ValueList keys(15, stranger);
        keys.push_back(good);
        CPPUNIT_ASSERT(jose_.verifyWith(setOf(keys), {"ES256"}, text));
        keys.insert(keys.begin(), stranger);
        CPPUNIT_ASSERT(!jose_.verifyWith(setOf(keys), {"ES256"}, text));
        ValueList many(200, sharedKey("RS256").publicJwk("r"));
        many.push_back(good);
        CPPUNIT_ASSERT(jose_.verifyWith(setOf(many), {"ES256"}, text));
    }

    void strangeKeySetsVerifyNothing() {
        const auto text = signedJwt(sharedKey("ES256"), R"({"alg":"ES256"})", claims_);
        const auto jwk = sharedKey("ES256").publicJwk("e");
        const ValueMap loneKey{{"keys", jwk}};
        const std::vector<Value> strange{Value(), "x",     ValueMap(), ValueList{jwk},
                                         jwk,     loneKey, setOf({})};
        for (const auto& jwks : strange) {
            CPPUNIT_ASSERT(!jose_.verifyWith(jwks, {"ES256"}, text));
        }
    }

    void aSharedSecretVerifies() {
        const auto text = macJwt(secret_, R"({"alg":"HS256","kid":"whatever"})", claims_);
        CPPUNIT_ASSERT(jose_.verifyWith(secret_, {"HS256"}, text));
        CPPUNIT_ASSERT(!jose_.verifyWith(secret_, {"HS512"}, text));
        CPPUNIT_ASSERT(!jose_.verifyWith(Secret(std::string(32, 't')), {"HS256"}, text));
        CPPUNIT_ASSERT(!jose_.verifyWith(secret_, {"HS256"}, text.substr(0, text.rfind('.') + 1)));
        const auto input = unsignedJwt(R"({"alg":"HS512"})", claims_);
        const auto longer = input + "." + base64url(hmac(Hash::sha512, secret_.view(), input));
        CPPUNIT_ASSERT(jose_.verifyWith(secret_, {"HS256", "HS512"}, longer));
        CPPUNIT_ASSERT(!jose_.verifyWith(
            secret_, {"ES256"}, signedJwt(sharedKey("ES256"), R"({"alg":"ES256"})", claims_)));
    }

    void aShortSecretVerifiesNothing() {
        for (const std::size_t size : {0U, 1U, 31U}) {
            const Secret weak(std::string(size, 's'));
            CPPUNIT_ASSERT(
                !jose_.verifyWith(weak, {"HS256"}, macJwt(weak, R"({"alg":"HS256"})", claims_)));
        }
    }

    void peekingReadsWithoutVerifying() {
        const auto jwt = jose_.peek(unsignedJwt(R"({"alg":"RS256"})", claims_) + ".AAAA");
        CPPUNIT_ASSERT(jwt);
        CPPUNIT_ASSERT_EQUAL(std::string("alice"), std::string(jwt->claims.text("sub")));
        CPPUNIT_ASSERT(!jose_.peek("opaque-token"));
        CPPUNIT_ASSERT(!jose_.peek(""));
    }

    void threadsSignAndVerifyWhileKeysChange() {
        store_.number = 1;
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([this, &wrong] {
                for (int round = 0; round < 50; ++round) {
                    const auto text = jose_.sign(context_, "ES256", "", claims_);
                    const auto jwt = jose_.verify(context_, *text);
                    wrong += jwt && jwt->has_value() ? 0 : 1;
                    ++store_.number;
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JoseServiceTest);

}  // namespace gatehouse
