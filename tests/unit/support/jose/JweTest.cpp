// SPDX-License-Identifier: Apache-2.0
#include "jose/DecryptionKey.h"
#include "jose/JweReader.h"
#include "jose/JweWriter.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

namespace {

/// Made once for the whole test program: RSA keys take long.
const DecryptionKey& keyFor(std::string_view algorithm) {
    static std::map<std::string, DecryptionKey, std::less<>> keys;
    auto found = keys.find(algorithm);
    if (found == keys.end()) {
        found = keys.emplace(std::string(algorithm), *DecryptionKey::generate(algorithm)).first;
    }
    return found->second;
}

std::string encrypt(std::string_view algorithm, std::string_view encryption,
                    std::string_view plain) {
    return *encryptJwe(keyFor(algorithm).publicJwk("one"), *findJweAlgorithm(algorithm),
                       *findJweEncryption(encryption), "JWT", plain);
}

std::optional<std::string> decrypt(std::string_view algorithm, std::string_view text) {
    const auto& key = keyFor(algorithm);
    const auto jwe = parseJwe(text);
    return jwe && jwe->algorithm->name == algorithm
               ? decryptJwe(*jwe, key.publicJwk("one"),
                            [&](std::string_view input) { return key.open(input); })
               : std::nullopt;
}

std::vector<std::string> partsOf(std::string_view text) {
    std::vector<std::string> parts{""};
    for (const char c : text) {
        if (c == '.') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) {
        text.append(&part == &parts.front() ? "" : ".").append(part);
    }
    return text;
}

/// With another header, whoever made it.
std::string withHeader(std::string_view text, const ValueMap& changes) {
    auto parts = partsOf(text);
    auto header = *parseJson(*fromBase64url(parts[0]))->map();
    for (const auto& change : changes) {
        header.set(change.name, change.value);
    }
    parts[0] = base64url(toJson(header));
    return joined(parts);
}

}  // namespace

/// To and fro with every algorithm, and all that is wrong with what comes from others.
class JweTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JweTest);
    CPPUNIT_TEST(everyAlgorithmGoesThereAndBack);
    CPPUNIT_TEST(theHeaderSaysWhatIsInside);
    CPPUNIT_TEST(noTwoTextsAreAlike);
    CPPUNIT_TEST(whatIsChangedAnywhereIsNotRead);
    CPPUNIT_TEST(whatIsTruncatedIsNotRead);
    CPPUNIT_TEST(anotherKeyReadsNothing);
    CPPUNIT_TEST(aHeaderThatAsksForMoreIsRefused);
    CPPUNIT_TEST(aPointOffItsCurveIsRefused);
    CPPUNIT_TEST(aKeyOfAnotherTypeOrCurveIsRefused);
    CPPUNIT_TEST(aDirectAgreementHasNoEncryptedKey);
    CPPUNIT_TEST(aKeyOfTheWrongSizeIsNotUsed);
    CPPUNIT_TEST(theLongestIsRead);
    CPPUNIT_TEST(onlyFittingKeysAreEncryptedTo);
    CPPUNIT_TEST(privateKeysAreReadAgain);
    CPPUNIT_TEST_SUITE_END();

    const std::string plain_ = R"({"sub":"alice"})";

public:
    void everyAlgorithmGoesThereAndBack() {
        for (const auto algorithm : jweAlgorithms()) {
            for (const auto encryption : jweEncryptions()) {
                for (const auto& plain :
                     {plain_, std::string(), std::string(1, '\0'), std::string(4096, 'x')}) {
                    const auto text = encrypt(algorithm, encryption, plain);
                    CPPUNIT_ASSERT_MESSAGE(text, decrypt(algorithm, text) == plain);
                }
            }
        }
    }

    void theHeaderSaysWhatIsInside() {
        const auto jwe = parseJwe(encrypt("ECDH-ES+A256KW", "A256GCM", plain_));
        CPPUNIT_ASSERT_EQUAL(std::string("JWT"), std::string(jwe->header.text("cty")));
        CPPUNIT_ASSERT_EQUAL(std::string("one"), std::string(jwe->header.text("kid")));
        CPPUNIT_ASSERT_EQUAL(std::string("P-256"),
                             std::string(jwe->header.find("epk")->map()->text("crv")));
        CPPUNIT_ASSERT(!jwe->header.find("epk")->map()->contains("d"));
    }

    void noTwoTextsAreAlike() {
        for (const auto algorithm : jweAlgorithms()) {
            const auto first = partsOf(encrypt(algorithm, "A128GCM", plain_));
            const auto second = partsOf(encrypt(algorithm, "A128GCM", plain_));
            CPPUNIT_ASSERT(first[2] != second[2] && first[3] != second[3] && first[4] != second[4]);
            CPPUNIT_ASSERT(first[1] != second[1] || first[0] != second[0]);
        }
    }

    void whatIsChangedAnywhereIsNotRead() {
        for (const auto algorithm : jweAlgorithms()) {
            for (const auto encryption : jweEncryptions()) {
                const auto text = encrypt(algorithm, encryption, plain_);
                for (std::size_t part = 0; part < 5; ++part) {
                    auto parts = partsOf(text);
                    if (parts[part].empty()) {
                        continue;
                    }
                    auto bytes = *fromBase64url(parts[part]);
                    for (const std::size_t place : {std::size_t{0}, bytes.size() - 1}) {
                        auto changed = bytes;
                        changed[place] = static_cast<char>(changed[place] ^ 1);
                        parts[part] = base64url(changed);
                        CPPUNIT_ASSERT_MESSAGE(joined(parts), !decrypt(algorithm, joined(parts)));
                    }
                }
            }
        }
    }

    void whatIsTruncatedIsNotRead() {
        const auto text = encrypt("ECDH-ES+A128KW", "A128CBC-HS256", plain_);
        for (std::size_t size = 0; size < text.size(); ++size) {
            CPPUNIT_ASSERT(!decrypt("ECDH-ES+A128KW", text.substr(0, size)));
        }
        for (std::size_t part = 1; part < 5; ++part) {
            auto parts = partsOf(text);
            parts[part].clear();
            CPPUNIT_ASSERT(!decrypt("ECDH-ES+A128KW", joined(parts)));
        }
        CPPUNIT_ASSERT(!decrypt("ECDH-ES+A128KW", text + "."));
        CPPUNIT_ASSERT(!decrypt("ECDH-ES+A128KW", text + "="));
    }

    void anotherKeyReadsNothing() {
        for (const auto algorithm : jweAlgorithms()) {
            const auto other = DecryptionKey::generate(algorithm);
            const auto text = encrypt(algorithm, "A256CBC-HS512", plain_);
            CPPUNIT_ASSERT(!decryptJwe(*parseJwe(text), other->publicJwk({}),
                                       [&](auto input) { return other->open(input); }));
        }
    }

    /// Behind the header of a sender who made it so, everything else would be right.
    void aHeaderThatAsksForMoreIsRefused() {
        const auto text = encrypt("ECDH-ES", "A128GCM", plain_);
        const std::vector<ValueMap> changes{{{"zip", "DEF"}},
                                            {{"zip", ""}},
                                            {{"crit", ValueList{"exp"}}},
                                            {{"crit", ValueList{}}},
                                            {{"b64", true}},
                                            {{"alg", "dir"}},
                                            {{"alg", "none"}},
                                            {{"alg", "RSA1_5"}},
                                            {{"alg", "PBES2-HS256+A128KW"}},
                                            {{"alg", 1}},
                                            {{"enc", "A192GCM"}},
                                            {{"enc", ""}},
                                            {{"enc", 1}},
                                            {{"kid", 7}}};
        for (const auto& change : changes) {
            CPPUNIT_ASSERT_MESSAGE(toJson(change), !parseJwe(withHeader(text, change)));
        }
        auto parts = partsOf(text);
        for (const auto* header : {R"({"alg":"ECDH-ES","alg":"ECDH-ES","enc":"A128GCM"})",
                                   R"({"alg":"ECDH-ES","enc":"A128GCM"} )"
                                   "x",
                                   "[]", "", R"({"enc":"A128GCM"})", R"({"alg":"ECDH-ES"})"}) {
            parts[0] = base64url(header);
            CPPUNIT_ASSERT_MESSAGE(header, !parseJwe(joined(parts)));
        }
    }

    void aPointOffItsCurveIsRefused() {
        const auto text = encrypt("ECDH-ES", "A128GCM", plain_);
        const auto epk = *parseJwe(text)->header.find("epk")->map();
        const std::string zero(32, '\0');
        for (const auto& y : {std::string(32, '\1'), zero, std::string(31, '\1'), std::string()}) {
            ValueMap off = epk;
            off.set("y", base64url(y));
            CPPUNIT_ASSERT(!decrypt("ECDH-ES", withHeader(text, {{"epk", off}})));
        }
        const ValueMap infinity{
            {"kty", "EC"}, {"crv", "P-256"}, {"x", base64url(zero)}, {"y", base64url(zero)}};
        CPPUNIT_ASSERT(!decrypt("ECDH-ES", withHeader(text, {{"epk", infinity}})));
        for (const auto& point : {std::string(), std::string("\4"), "\4" + std::string(64, '\1'),
                                  std::string(1, '\0'), "\2" + *fromBase64url(epk.text("x"))}) {
            CPPUNIT_ASSERT_MESSAGE(base64url(point), !keyFor("ECDH-ES").open(point));
        }
    }

    void aKeyOfAnotherTypeOrCurveIsRefused() {
        const auto text = encrypt("ECDH-ES", "A128GCM", plain_);
        const ValueList wrong{
            Value(), "x", ValueMap{}, keyFor("RSA-OAEP").publicJwk({}),
            *parseJson(
                R"({"kty":"EC","crv":"P-384",)"
                R"("x":"YU4rRUzdmVqmRtWOs2OpDE_T5fsNIodcG8G5FWPrTPMyxpzsSOGaQLpe2FpxBmu2",)"
                R"("y":"A8-yxCHxkfBz3hKZfI1jUYMjUhsEveZ9THuwFjH2sCNdtksRJU7D5-SkgaFL1ETP"})")};
        for (const auto& epk : wrong) {
            CPPUNIT_ASSERT(!decrypt("ECDH-ES", withHeader(text, {{"epk", epk}})));
        }
    }

    void aDirectAgreementHasNoEncryptedKey() {
        auto parts = partsOf(encrypt("ECDH-ES", "A128GCM", plain_));
        parts[1] = "AAAA";
        CPPUNIT_ASSERT(!decrypt("ECDH-ES", joined(parts)));
    }

    /// Made by a sender who wraps 16 bytes for an `enc` that needs 32.
    void aKeyOfTheWrongSizeIsNotUsed() {
        for (const auto* algorithm : {"RSA-OAEP-256", "ECDH-ES+A128KW"}) {
            const auto text = encrypt(algorithm, "A128GCM", plain_);
            CPPUNIT_ASSERT(!decrypt(algorithm, withHeader(text, {{"enc", "A256GCM"}})));
        }
    }

    void theLongestIsRead() {
        const std::string most(48000, 'x');
        CPPUNIT_ASSERT(decrypt("ECDH-ES", encrypt("ECDH-ES", "A256GCM", most)) == most);
        CPPUNIT_ASSERT(!parseJwe(encrypt("ECDH-ES", "A256GCM", std::string(65536, 'x'))));
    }

    void onlyFittingKeysAreEncryptedTo() {
        const auto& algorithm = *findJweAlgorithm("ECDH-ES");
        ValueMap jwk = keyFor("ECDH-ES").publicJwk({});
        CPPUNIT_ASSERT(encryptsWith(jwk, algorithm));
        CPPUNIT_ASSERT(!encryptsWith(jwk, *findJweAlgorithm("ECDH-ES+A128KW")));
        CPPUNIT_ASSERT(!encryptsWith(jwk, *findJweAlgorithm("RSA-OAEP")));
        jwk.erase("alg");
        CPPUNIT_ASSERT(encryptsWith(jwk, *findJweAlgorithm("ECDH-ES+A128KW")));
        jwk.set("key_ops", ValueList{"deriveKey"});
        CPPUNIT_ASSERT(encryptsWith(jwk, algorithm));
        jwk.set("key_ops", ValueList{"verify"});
        CPPUNIT_ASSERT(!encryptsWith(jwk, algorithm));
        jwk.erase("key_ops");
        jwk.set("use", "sig");
        CPPUNIT_ASSERT(!encryptsWith(jwk, algorithm));
        jwk.erase("use");
        CPPUNIT_ASSERT(encryptsWith(jwk, algorithm));
        jwk.set("y", jwk.text("x"));
        CPPUNIT_ASSERT(!encryptJwe(jwk, algorithm, *findJweEncryption("A128GCM"), {}, "x"));
    }

    void privateKeysAreReadAgain() {
        for (const auto algorithm : jweAlgorithms()) {
            const auto again = DecryptionKey::fromPkcs8(keyFor(algorithm).toPkcs8(), algorithm);
            CPPUNIT_ASSERT(again->publicJwk({}) == keyFor(algorithm).publicJwk({}));
        }
        CPPUNIT_ASSERT(!DecryptionKey::fromPkcs8(keyFor("RSA-OAEP").toPkcs8(), "ECDH-ES"));
        CPPUNIT_ASSERT(!DecryptionKey::fromPkcs8(keyFor("ECDH-ES").toPkcs8(), "RSA-OAEP"));
        CPPUNIT_ASSERT(!DecryptionKey::fromPkcs8(keyFor("ECDH-ES").toPkcs8(), "RS256"));
        CPPUNIT_ASSERT(!DecryptionKey::fromPkcs8(Secret("x"), "ECDH-ES"));
        CPPUNIT_ASSERT(!DecryptionKey::generate("dir"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JweTest);

}  // namespace gatehouse
