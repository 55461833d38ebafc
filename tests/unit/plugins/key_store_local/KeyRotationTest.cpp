// SPDX-License-Identifier: Apache-2.0
#include "KeyStoreBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdint>
#include <optional>
#include <set>

namespace gatehouse {

class KeyRotationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeyRotationTest);
    CPPUNIT_TEST(aRotatedKeyIsPublishedBeforeItIsUsed);
    CPPUNIT_TEST(theOldKeyStaysPublishedAndIsPurgedInTheEnd);
    CPPUNIT_TEST(aPurgedKeyLeavesTheStorageAndSignsNoMore);
    CPPUNIT_TEST(keysRotateByThemselvesEarlyEnoughToBePublished);
    CPPUNIT_TEST(rotateEveryZeroNeverRotates);
    CPPUNIT_TEST(aDueRotationIsDoneOnceByAllNodesTogether);
    CPPUNIT_TEST(anotherNodesRotationIsSeenAfterRefresh);
    CPPUNIT_TEST(aRefreshWithoutAChangeWritesNothing);
    CPPUNIT_TEST(everyChangeIsAnnounced);
    CPPUNIT_TEST(theNewestKeyComesFirst);
    CPPUNIT_TEST(anAlgorithmNoLongerConfiguredRetires);
    CPPUNIT_TEST(anAddedAlgorithmGetsAKeyThatIsActiveAtOnce);
    CPPUNIT_TEST(aRotationWhileKeysArePendingIsRefused);
    CPPUNIT_TEST(endlessRotationIsRefused);
    CPPUNIT_TEST(theVersionChangesWithWhatIsPublishedAndOnlyThen);
    CPPUNIT_TEST(anotherNodesRotationChangesTheVersion);
    CPPUNIT_TEST_SUITE_END();

    using hours = std::chrono::hours;

    void aRotatedKeyIsPublishedBeforeItIsUsed() {
        const auto store = bed_.started();
        const std::string old = bed_.active(*store, "ES256").id;
        CPPUNIT_ASSERT(store->rotate(bed_.context));
        const auto keys = bed_.keysOf(*store, "ES256");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, keys.size());
        CPPUNIT_ASSERT_EQUAL(old, bed_.active(*store, "ES256").id);
        const PublicKey& next = keys[0].id == old ? keys[1] : keys[0];
        CPPUNIT_ASSERT(next.state == KeyState::pending);
        CPPUNIT_ASSERT(next.changes == bed_.host.fakeClock.now() + hours{1});
        bed_.host.fakeClock.advance(hours{1});
        CPPUNIT_ASSERT_EQUAL(next.id, bed_.active(*store, "ES256").id);
    }

    void theOldKeyStaysPublishedAndIsPurgedInTheEnd() {
        const auto store = bed_.started();
        const std::string old = bed_.active(*store, "ES256").id;
        CPPUNIT_ASSERT(store->rotate(bed_.context));
        bed_.host.fakeClock.advance(hours{1 + 23});
        CPPUNIT_ASSERT(stateOf(*store, old) == KeyState::retiring);
        bed_.host.fakeClock.advance(hours{1});
        CPPUNIT_ASSERT(!stateOf(*store, old));
    }

    void aPurgedKeyLeavesTheStorageAndSignsNoMore() {
        const auto store = bed_.started();
        const std::string old = bed_.active(*store, "ES256").id;
        CPPUNIT_ASSERT(store->rotate(bed_.context));
        bed_.host.fakeClock.advance(hours{26});
        CPPUNIT_ASSERT(store->refresh(bed_.context));
        CPPUNIT_ASSERT(!store->sign(bed_.context, old, "input"));
        const auto record = bed_.host.fakeRecords.all("key").at(0);
        CPPUNIT_ASSERT(record.payload.find(old) == std::string::npos);
    }

    void keysRotateByThemselvesEarlyEnoughToBePublished() {
        const auto store = bed_.started();
        const std::string old = bed_.active(*store, "ES256").id;
        bed_.host.fakeClock.advance(hours{90 * 24 - 2});
        CPPUNIT_ASSERT(store->refresh(bed_.context));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.keysOf(*store, "ES256").size());
        bed_.host.fakeClock.advance(hours{1});
        CPPUNIT_ASSERT(store->refresh(bed_.context));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, bed_.keysOf(*store, "ES256").size());
        CPPUNIT_ASSERT_EQUAL(old, bed_.active(*store, "ES256").id);
        bed_.host.fakeClock.advance(hours{1});
        CPPUNIT_ASSERT(bed_.active(*store, "ES256").id != old);
    }

    void rotateEveryZeroNeverRotates() {
        const auto store = bed_.started({{"rotate_every", "0s"}});
        bed_.host.fakeClock.advance(hours{10 * 365 * 24});
        CPPUNIT_ASSERT(store->refresh(bed_.context));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.keysOf(*store, "ES256").size());
        CPPUNIT_ASSERT(bed_.active(*store, "ES256").changes == never);
    }

    void aDueRotationIsDoneOnceByAllNodesTogether() {
        const auto first = bed_.started();
        const auto second = bed_.started();
        bed_.host.fakeClock.advance(hours{90 * 24});
        CPPUNIT_ASSERT(first->refresh(bed_.context));
        CPPUNIT_ASSERT(second->refresh(bed_.context));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, bed_.keysOf(*first, "ES256").size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, bed_.keysOf(*second, "ES256").size());
        CPPUNIT_ASSERT_EQUAL(bed_.active(*first, "ES256").id, bed_.active(*second, "ES256").id);
    }

    void anotherNodesRotationIsSeenAfterRefresh() {
        const auto first = bed_.started();
        const auto second = bed_.started();
        CPPUNIT_ASSERT(first->rotate(bed_.context));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.keysOf(*second, "ES256").size());
        CPPUNIT_ASSERT(second->refresh(bed_.context));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, bed_.keysOf(*second, "ES256").size());
        for (const auto& key : bed_.keysOf(*first, "ES256")) {
            CPPUNIT_ASSERT(second->sign(bed_.context, key.id, "input"));
        }
    }

    void aRefreshWithoutAChangeWritesNothing() {
        const auto store = bed_.started();
        const auto version = bed_.host.fakeRecords.all("key").at(0).version;
        CPPUNIT_ASSERT(store->refresh(bed_.context));
        CPPUNIT_ASSERT(store->refresh(bed_.context));
        CPPUNIT_ASSERT_EQUAL(version, bed_.host.fakeRecords.all("key").at(0).version);
    }

    void everyChangeIsAnnounced() {
        const auto store = bed_.started();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeRecords.notices().size());
        CPPUNIT_ASSERT(store->rotate(bed_.context));
        const auto notices = bed_.host.fakeRecords.notices();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, notices.size());
        CPPUNIT_ASSERT_EQUAL(std::string("key"), notices.back().topic);
    }

    void theNewestKeyComesFirst() {
        const auto store = bed_.started();
        const std::string old = bed_.active(*store, "ES256").id;
        bed_.host.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(store->rotate(bed_.context));
        CPPUNIT_ASSERT(bed_.keysOf(*store, "ES256").front().id != old);
        CPPUNIT_ASSERT_EQUAL(old, bed_.keysOf(*store, "ES256").back().id);
    }

    void anAlgorithmNoLongerConfiguredRetires() {
        bed_.started();
        const auto store = bed_.started({{"algorithms", ValueList{"EdDSA"}}});
        const auto keys = bed_.keysOf(*store, "ES256");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, keys.size());
        CPPUNIT_ASSERT(keys[0].state == KeyState::retiring);
        bed_.host.fakeClock.advance(hours{91 * 24});
        CPPUNIT_ASSERT(store->refresh(bed_.context));
        CPPUNIT_ASSERT(bed_.keysOf(*store, "ES256").empty());
    }

    void anAddedAlgorithmGetsAKeyThatIsActiveAtOnce() {
        bed_.started({{"algorithms", ValueList{"EdDSA"}}});
        const auto store = bed_.started();
        CPPUNIT_ASSERT_EQUAL(std::string("ES256"), bed_.active(*store, "ES256").algorithm);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.keysOf(*store, "EdDSA").size());
    }

    void theVersionChangesWithWhatIsPublishedAndOnlyThen() {
        const auto store = bed_.started();
        std::set<std::uint64_t> seen{0, store->version(bed_.context)};
        CPPUNIT_ASSERT(store->rotate(bed_.context));
        for (const auto later : {hours{0}, hours{1}, hours{24}}) {  // made, in use, old ones gone
            bed_.host.fakeClock.advance(later);
            CPPUNIT_ASSERT(seen.insert(store->version(bed_.context)).second);
            bed_.host.fakeClock.advance(seconds{1});
            CPPUNIT_ASSERT(!seen.insert(store->version(bed_.context)).second);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, seen.size());
    }

    void anotherNodesRotationChangesTheVersion() {
        const auto store = bed_.started();
        const auto other = bed_.started();
        const auto before = store->version(bed_.context);
        CPPUNIT_ASSERT(other->rotate(bed_.context));
        CPPUNIT_ASSERT_EQUAL(before, store->version(bed_.context));
        CPPUNIT_ASSERT(store->refresh(bed_.context));
        CPPUNIT_ASSERT(before != store->version(bed_.context));
    }

    void aRotationWhileKeysArePendingIsRefused() {
        const auto store = bed_.started();
        CPPUNIT_ASSERT(store->rotate(bed_.context));
        const auto again = store->rotate(bed_.context);
        CPPUNIT_ASSERT(!again);
        CPPUNIT_ASSERT(again.error().fault == Fault::badInput);
        CPPUNIT_ASSERT(again.error().detail.find("sign from 20") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, bed_.keysOf(*store, "ES256").size());
        bed_.host.fakeClock.advance(hours{1});
        CPPUNIT_ASSERT(store->rotate(bed_.context));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, bed_.keysOf(*store, "ES256").size());
    }

    void endlessRotationIsRefused() {
        const auto store = bed_.started({{"publish_for", "0s"}});
        Status status = done();
        int rotations = 0;
        while (status && rotations < 100) {
            status = store->rotate(bed_.context);
            bed_.host.fakeClock.advance(seconds{1});
            ++rotations;
        }
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().fault == Fault::badInput);
        CPPUNIT_ASSERT_EQUAL(std::size_t{16}, bed_.keysOf(*store, "ES256").size());
    }

    std::optional<KeyState> stateOf(const LocalKeyStore& store, std::string_view id) {
        const auto keys = store.publicKeys(bed_.context);
        for (const auto& key : *keys) {
            if (key.id == id) {
                return key.state;
            }
        }
        return std::nullopt;
    }

    KeyStoreBed bed_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeyRotationTest);

}  // namespace gatehouse
