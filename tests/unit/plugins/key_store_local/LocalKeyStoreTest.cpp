// SPDX-License-Identifier: Apache-2.0
#include "KeyStoreBed.h"
#include "crypto/KeyedCrypto.h"
#include "jose/Jwk.h"
#include "jose/SigningKey.h"
#include "jose/VerificationKey.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <set>
#include <thread>

namespace gatehouse {

class LocalKeyStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LocalKeyStoreTest);
    CPPUNIT_TEST(theFirstKeysAreActiveAtOnce);
    CPPUNIT_TEST(everyPublishedKeyIsPublicOnlyAndNamedByItsThumbprint);
    CPPUNIT_TEST(aSignatureVerifiesWithThePublishedKey);
    CPPUNIT_TEST(nodesThatMakeTheFirstKeysTogetherAgree);
    CPPUNIT_TEST(aRestartFindsTheSameKeys);
    CPPUNIT_TEST(theStoredRecordShowsNoPrivateKey);
    CPPUNIT_TEST(anotherRootSecretIsRefusedAndTheKeyNamed);
    CPPUNIT_TEST(aDamagedKeyIsRefusedAndNamed);
    CPPUNIT_TEST(aRingThatIsNoJsonIsRefused);
    CPPUNIT_TEST(aKeyMovedToAnotherIssuerDoesNotOpen);
    CPPUNIT_TEST(eachIssuerHasKeysOfItsOwn);
    CPPUNIT_TEST(aStorageThatIsAwayIsUnavailable);
    CPPUNIT_TEST(keysInMemoryOutliveAStorageThatGoesAway);
    CPPUNIT_TEST(anUnknownKeyIsUnavailable);
    CPPUNIT_TEST(noAlgorithmIsRefusedWithItsPlace);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST(signingGoesOnWhileKeysRotate);
    CPPUNIT_TEST_SUITE_END();

    void theFirstKeysAreActiveAtOnce() {
        const auto store = bed_.started();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, store->publicKeys(bed_.context)->size());
        CPPUNIT_ASSERT_EQUAL(std::string("ES256"), bed_.active(*store, "ES256").algorithm);
        CPPUNIT_ASSERT_EQUAL(std::string("EdDSA"), bed_.active(*store, "EdDSA").algorithm);
    }

    void everyPublishedKeyIsPublicOnlyAndNamedByItsThumbprint() {
        const auto store =
            bed_.started({{"algorithms", ValueList{"RS256", "ES256", "EdDSA", "PS256"}}});
        const auto keys = store->publicKeys(bed_.context);
        std::set<std::string> ids;
        for (const auto& key : *keys) {
            CPPUNIT_ASSERT(!isPrivateJwk(key.jwk));
            CPPUNIT_ASSERT_EQUAL(thumbprint(key.jwk), key.id);
            CPPUNIT_ASSERT_EQUAL(key.id, std::string(key.jwk.text("kid")));
            CPPUNIT_ASSERT_EQUAL(key.algorithm, std::string(key.jwk.text("alg")));
            CPPUNIT_ASSERT_EQUAL(std::string("sig"), std::string(key.jwk.text("use")));
            ids.insert(key.id);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, ids.size());
    }

    void aSignatureVerifiesWithThePublishedKey() {
        const auto store = bed_.started();
        const auto keys = store->publicKeys(bed_.context);
        for (const auto& key : *keys) {
            const auto signature = store->sign(bed_.context, key.id, "header.payload");
            CPPUNIT_ASSERT(signature);
            const auto verifier = VerificationKey::fromJwk(key.jwk);
            CPPUNIT_ASSERT(verifier);
            CPPUNIT_ASSERT(verifier->verify(key.algorithm, "header.payload", *signature));
            CPPUNIT_ASSERT(!verifier->verify(key.algorithm, "header.other", *signature));
        }
    }

    void nodesThatMakeTheFirstKeysTogetherAgree() {
        constexpr std::size_t count = 6;
        std::vector<std::unique_ptr<LocalKeyStore>> nodes;
        for (std::size_t index = 0; index < count; ++index) {
            nodes.push_back(bed_.make());
        }
        std::atomic<int> failures{0};
        std::vector<std::thread> starting;
        for (auto& node : nodes) {
            starting.emplace_back(
                [this, &failures, &node] { failures += node->refresh(bed_.context) ? 0 : 1; });
        }
        for (auto& thread : starting) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, failures.load());
        const std::string expected = bed_.active(*nodes[0], "ES256").id;
        for (const auto& node : nodes) {
            CPPUNIT_ASSERT_EQUAL(expected, bed_.active(*node, "ES256").id);
            CPPUNIT_ASSERT_EQUAL(std::size_t{2}, node->publicKeys(bed_.context)->size());
        }
    }

    void aRestartFindsTheSameKeys() {
        const std::string before = bed_.active(*bed_.started(), "ES256").id;
        const auto again = bed_.started();
        CPPUNIT_ASSERT_EQUAL(before, bed_.active(*again, "ES256").id);
        CPPUNIT_ASSERT(again->sign(bed_.context, before, "input"));
    }

    void theStoredRecordShowsNoPrivateKey() {
        KeyedCrypto crypto{Secret("a root secret of thirty-two byte")};
        bed_.host.use(crypto);
        const auto store = bed_.started();
        const auto records = bed_.host.fakeRecords.all("key");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, records.size());
        CPPUNIT_ASSERT(records[0].payload.find("\"d\"") == std::string::npos);
        for (const char* algorithm :
             {"ES256", "EdDSA"}) {  // alike in all keys, and in nothing else
            const auto text = base64url(SigningKey::generate(algorithm)->toPkcs8().view());
            CPPUNIT_ASSERT(records[0].payload.find(text.substr(0, 20)) == std::string::npos);
        }
        CPPUNIT_ASSERT(records[0].payload.find(bed_.active(*store, "ES256").id) !=
                       std::string::npos);
    }

    void anotherRootSecretIsRefusedAndTheKeyNamed() {
        KeyedCrypto first{Secret("a root secret of thirty-two byte")};
        bed_.host.use(first);
        const std::string kid = bed_.keysOf(*bed_.started(), "ES256").at(0).id;
        KeyedCrypto second{Secret("another secret of thirty-two byt")};
        bed_.host.use(second);
        const auto status = bed_.make()->refresh(bed_.context);
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().detail.find(kid) != std::string::npos);
        CPPUNIT_ASSERT(status.error().detail.find("security.jwt_secret") != std::string::npos);
    }

    void aDamagedKeyIsRefusedAndNamed() {
        const std::string kid = bed_.keysOf(*bed_.started(), "ES256").at(0).id;
        std::string payload = bed_.host.fakeRecords.all("key").at(0).payload;
        const auto sealed = payload.find("\"private\":\"") + 40;
        payload[sealed] = payload[sealed] == 'A' ? 'B' : 'A';
        overwrite(payload);
        const auto status = bed_.make()->refresh(bed_.context);
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().detail.find(kid) != std::string::npos);
        CPPUNIT_ASSERT(status.error().detail.find("damaged") != std::string::npos);
    }

    void aRingThatIsNoJsonIsRefused() {
        bed_.started();
        overwrite("{");
        const auto status = bed_.make()->refresh(bed_.context);
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().detail.find("key ring of issuer 1") != std::string::npos);
    }

    void aKeyMovedToAnotherIssuerDoesNotOpen() {
        bed_.started();
        Record record = bed_.host.fakeRecords.all("key").at(0);
        record.key = "ring/2";
        const testkit::FakeContext other(2, "https://other.example.org");
        Batch batch;
        batch.puts.push_back(record);
        CPPUNIT_ASSERT(bed_.host.fakeRecords.apply(other, batch));
        CPPUNIT_ASSERT(!bed_.make()->publicKeys(other));
    }

    void eachIssuerHasKeysOfItsOwn() {
        const auto store = bed_.started();
        const testkit::FakeContext other(2, "https://other.example.org");
        const auto keys = store->publicKeys(other);
        CPPUNIT_ASSERT(keys);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, keys->size());
        CPPUNIT_ASSERT(!store->sign(bed_.context, keys->at(0).id, "input"));
        CPPUNIT_ASSERT(store->sign(other, keys->at(0).id, "input"));
    }

    void aStorageThatIsAwayIsUnavailable() {
        bed_.host.fakeRecords.fail(Error::unavailable("database is away"));
        const auto status = bed_.make()->refresh(bed_.context);
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().fault == Fault::unavailable);
    }

    void keysInMemoryOutliveAStorageThatGoesAway() {
        const auto store = bed_.started();
        const std::string kid = bed_.active(*store, "ES256").id;
        bed_.host.fakeRecords.fail(Error::unavailable("database is away"));
        CPPUNIT_ASSERT(!store->refresh(bed_.context));
        CPPUNIT_ASSERT(store->sign(bed_.context, kid, "input"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, store->publicKeys(bed_.context)->size());
    }

    void anUnknownKeyIsUnavailable() {
        const auto signature = bed_.started()->sign(bed_.context, "nobody", "input");
        CPPUNIT_ASSERT(!signature);
        CPPUNIT_ASSERT(signature.error().fault == Fault::unavailable);
    }

    void noAlgorithmIsRefusedWithItsPlace() {
        LocalKeyStore store;
        const testkit::FakeConfig config(fieldsOf<LocalKeyStore>(), {{"algorithms", ValueList{}}});
        const auto status = store.configure(config, bed_.host);
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().detail.find("test:algorithms") != std::string::npos);
    }

    void stoppingTwiceIsHarmless() {
        const auto store = bed_.started();
        store->stop();
        store->stop();
        LocalKeyStore neverStarted;
        neverStarted.stop();
    }

    void signingGoesOnWhileKeysRotate() {
        const auto store = bed_.started({{"publish_for", "0s"}, {"keep_for", "1d"}});
        std::atomic<bool> isOver{false};
        std::atomic<int> failures{0};
        std::atomic<int> signatures{0};
        std::vector<std::thread> signers;
        for (int index = 0; index < 4; ++index) {
            signers.emplace_back([&] {
                while (!isOver) {
                    const auto keys = store->publicKeys(bed_.context);
                    const bool isSigned =
                        keys && store->sign(bed_.context, keys->at(0).id, "input");
                    failures += isSigned ? 0 : 1;
                    ++signatures;
                }
            });
        }
        for (int round = 0; round < 10; ++round) {
            bed_.host.fakeClock.advance(seconds{1});
            CPPUNIT_ASSERT(store->rotate(bed_.context));
        }
        while (signatures < 100) {
            std::this_thread::yield();
        }
        isOver = true;
        for (auto& signer : signers) {
            signer.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, failures.load());
    }

    void overwrite(const std::string& payload) {
        Record record = bed_.host.fakeRecords.all("key").at(0);
        record.payload = payload;
        Batch batch;
        batch.puts.push_back(record);
        CPPUNIT_ASSERT(bed_.host.fakeRecords.apply(bed_.context, batch));
    }

    KeyStoreBed bed_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(LocalKeyStoreTest);

}  // namespace gatehouse
