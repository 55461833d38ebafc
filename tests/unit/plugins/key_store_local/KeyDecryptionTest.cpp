// SPDX-License-Identifier: Apache-2.0
#include "KeyStoreBed.h"
#include "crypto/KeyedCrypto.h"
#include "jose/DecryptionKey.h"
#include "jose/JoseService.h"
#include "jose/Jwk.h"
#include "json/Json.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// Keys to which others encrypt, beside those that sign.
class KeyDecryptionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeyDecryptionTest);
    CPPUNIT_TEST(byDefaultThereAreNone);
    CPPUNIT_TEST(theyAreNoSigningKeys);
    CPPUNIT_TEST(whatIsEncryptedToAnIssuerIsRead);
    CPPUNIT_TEST(whatIsEncryptedToAnotherIssuerIsNot);
    CPPUNIT_TEST(aRestartFindsTheSameKeys);
    CPPUNIT_TEST(theStoredRecordShowsNoPrivateKey);
    CPPUNIT_TEST(aKeyThatWasReplacedDecryptsUntilItIsPurged);
    CPPUNIT_TEST_SUITE_END();

    using hours = std::chrono::hours;

    std::unique_ptr<LocalKeyStore> started() {
        return bed_.started({{"encryption", ValueList{"RSA-OAEP-256", "ECDH-ES", "ECDH-ES"}}});
    }
    std::string encrypt(JoseService& jose, const PublicKey& key) {
        const Value jwks = ValueMap{{"keys", ValueList{key.jwk}}};
        return *jose.encryptFor(jwks, key.algorithm, "A256GCM", "JWT", "a request");
    }

public:
    void byDefaultThereAreNone() {
        const auto store = bed_.started();
        CPPUNIT_ASSERT(store->decryptionAlgorithms().empty());
        JoseService jose(*store, crypto_);
        CPPUNIT_ASSERT(jose.decryptionAlgorithms().empty());
        const auto foreign = DecryptionKey::generate("ECDH-ES");
        const Value jwks = ValueMap{{"keys", ValueList{foreign->publicJwk({})}}};
        const auto text = jose.encryptFor(jwks, "ECDH-ES", "A256GCM", {}, "x");
        CPPUNIT_ASSERT(!*jose.decrypt(bed_.context, *text));
    }

    void theyAreNoSigningKeys() {
        const auto store = started();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, store->algorithms().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, store->decryptionAlgorithms().size());
        const auto key = bed_.active(*store, "ECDH-ES");
        CPPUNIT_ASSERT_EQUAL(std::string("enc"), std::string(key.jwk.text("use")));
        CPPUNIT_ASSERT_EQUAL(std::string("ECDH-ES"), std::string(key.jwk.text("alg")));
        CPPUNIT_ASSERT_EQUAL(thumbprint(key.jwk), key.id);
        CPPUNIT_ASSERT(!isPrivateJwk(key.jwk));
        CPPUNIT_ASSERT(!store->sign(bed_.context, key.id, "input"));
        CPPUNIT_ASSERT(!store->decrypt(bed_.context, bed_.active(*store, "ES256").id, "input"));
    }

    void whatIsEncryptedToAnIssuerIsRead() {
        const auto store = started();
        JoseService jose(*store, crypto_);
        for (const auto algorithm : store->decryptionAlgorithms()) {
            const auto text = encrypt(jose, bed_.active(*store, algorithm));
            const auto read = jose.decrypt(bed_.context, text);
            CPPUNIT_ASSERT(read && *read);
            CPPUNIT_ASSERT_EQUAL(std::string("a request"), (*read)->content);
            CPPUNIT_ASSERT_EQUAL(std::string("JWT"), std::string((*read)->header.text("cty")));
        }
        auto nameless = bed_.active(*store, "ECDH-ES");
        nameless.jwk.erase("kid");
        CPPUNIT_ASSERT(*jose.decrypt(bed_.context, encrypt(jose, nameless)));
        nameless.jwk.set("kid", "of another");
        CPPUNIT_ASSERT(!*jose.decrypt(bed_.context, encrypt(jose, nameless)));
    }

    void whatIsEncryptedToAnotherIssuerIsNot() {
        const auto store = started();
        JoseService jose(*store, crypto_);
        const auto text = encrypt(jose, bed_.active(*store, "ECDH-ES"));
        Issuer other;
        other.id = 2;
        Context elsewhere{other, {}, {}, {}};
        elsewhere.deadline = static_cast<const Context&>(bed_.context).deadline;
        const auto read = jose.decrypt(elsewhere, text);
        CPPUNIT_ASSERT(read && !*read);
    }

    void aRestartFindsTheSameKeys() {
        const auto before = bed_.active(*started(), "ECDH-ES");
        const auto again = started();
        JoseService jose(*again, crypto_);
        CPPUNIT_ASSERT(*jose.decrypt(bed_.context, encrypt(jose, before)));
        CPPUNIT_ASSERT(bed_.active(*again, "ECDH-ES").jwk == before.jwk);
    }

    void theStoredRecordShowsNoPrivateKey() {
        bed_.host.use(crypto_);
        const auto store = started();
        const auto payload = bed_.host.fakeRecords.all("key").at(0).payload;
        for (const auto algorithm : store->decryptionAlgorithms()) {
            const auto text = base64url(DecryptionKey::generate(algorithm)->toPkcs8().view());
            CPPUNIT_ASSERT(payload.find(text.substr(0, 20)) == std::string::npos);
        }
    }

    void aKeyThatWasReplacedDecryptsUntilItIsPurged() {
        const auto store = started();
        JoseService jose(*store, crypto_);
        const auto text = encrypt(jose, bed_.active(*store, "ECDH-ES"));
        CPPUNIT_ASSERT(store->rotate(bed_.context));
        bed_.host.fakeClock.advance(hours{2});
        CPPUNIT_ASSERT(*jose.decrypt(bed_.context, text));
        bed_.host.fakeClock.advance(hours{24});
        CPPUNIT_ASSERT(store->refresh(bed_.context));
        CPPUNIT_ASSERT(!*jose.decrypt(bed_.context, text));
    }

private:
    KeyStoreBed bed_;
    KeyedCrypto crypto_{Secret("a root secret of thirty-two byte")};
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeyDecryptionTest);

}  // namespace gatehouse
