// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/StorageMaintenance.h>
#include <gatehouse/testkit/FakeContext.h>

#include "Schema.h"
#include "SqliteBed.h"
#include "SqliteFailure.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <fstream>
#include <thread>

namespace gatehouse {

class SqliteMaintenanceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SqliteMaintenanceTest);
    CPPUNIT_TEST(everythingIsSeenPageByPage);
    CPPUNIT_TEST(aBackupIsOneMomentWhileOthersWrite);
    CPPUNIT_TEST(aBackupReplacesNothing);
    CPPUNIT_TEST(whatIsRestoredIsWhatWasBackedUp);
    CPPUNIT_TEST(nothingIsRestoredUnderAServer);
    CPPUNIT_TEST(onlyABackupIsRestored);
    CPPUNIT_TEST(theFirstStepIsAppliedAndStays);
    CPPUNIT_TEST(stepsUpAndDownLoseNothing);
    CPPUNIT_TEST(aStepThatFailsLeavesNothing);
    CPPUNIT_TEST(aNewerFileIsServedAsLongAsItAllows);
    CPPUNIT_TEST(stepsOfANewerVersionAreShownAndLeftAlone);
    CPPUNIT_TEST(aFileFromBeforeStepsHadEntriesIsBroughtForward);
    CPPUNIT_TEST(aNewerFileSaysHowToGoBack);
    CPPUNIT_TEST_SUITE_END();

    SqliteBed bed_;
    testkit::FakeContext context_;

    static Record record(std::string kind, std::string key, IssuerId issuer = 1) {
        Record record;
        record.kind = std::move(kind);
        record.key = std::move(key);
        record.issuer = issuer;
        record.payload = "payload of " + record.key;
        record.links = {{"client", "c1"}};
        return record;
    }
    void put(Storage& storage, const Record& record) {
        Batch batch;
        batch.puts = {record};
        const auto outcomes = storage.apply(context_, {batch});
        CPPUNIT_ASSERT_MESSAGE(outcomes ? "" : outcomes.error().detail, bool(outcomes));
    }
    bool has(Storage& storage, const std::string& key) {
        const auto found = storage.find(context_, "client", key);
        CPPUNIT_ASSERT(found);
        return found->has_value();
    }
    static std::vector<Record> everything(Storage& storage, std::size_t limit) {
        std::vector<Record> all;
        RecordKey after;
        for (;;) {
            const auto page = storage.maintenance()->everything(after, limit);
            CPPUNIT_ASSERT(page);
            all.insert(all.end(), page->begin(), page->end());
            if (page->size() < limit) {
                return all;
            }
            after = {page->back().kind, page->back().key};
        }
    }
    std::string backup() const { return bed_.folder + "/backup.db"; }
    static void assertOk(const Status& status) {
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, bool(status));
    }

public:
    void everythingIsSeenPageByPage() {
        const auto storage = bed_.make();
        for (int i = 0; i < 7; ++i) {
            put(*storage,
                record("client", "c" + std::to_string(i), static_cast<IssuerId>(1 + i % 2)));
            put(*storage, record("user", "u" + std::to_string(i)));
        }
        auto gone = record("client", "c9");
        gone.expires = bed_.clock().now() + seconds{1};
        put(*storage, gone);
        bed_.clock().advance(seconds{2});
        for (const std::size_t limit : {1U, 3U, 15U, 100U}) {
            const auto all = everything(*storage, limit);
            CPPUNIT_ASSERT_EQUAL(std::size_t{15}, all.size());
            CPPUNIT_ASSERT_EQUAL(std::string("client"), all.front().kind);
            CPPUNIT_ASSERT_EQUAL(std::string("c1"), all.front().links.front().value);
            CPPUNIT_ASSERT_EQUAL(std::string("payload of u6"), all.back().payload);
        }
    }

    void aBackupIsOneMomentWhileOthersWrite() {
        const auto storage = bed_.make();
        put(*storage, record("client", "before"));
        std::atomic<bool> isOver{false};
        std::atomic<int> written{0};
        std::thread writer([&] {
            while (!isOver) {
                Batch pair;
                const auto number = std::to_string(written);
                pair.puts = {record("client", "a" + number), record("client", "b" + number)};
                CPPUNIT_ASSERT(storage->apply(context_, {pair}));
                ++written;
            }
        });
        while (written < 50) {
            std::this_thread::yield();
        }
        const auto made = storage->maintenance()->backUp(backup());
        isOver = true;
        writer.join();
        assertOk(made);
        Connection copy(backup());
        CPPUNIT_ASSERT(copy.number("SELECT count(*) FROM records") >= 101);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, copy.number("SELECT count(*) FROM records") % 2);
        CPPUNIT_ASSERT_EQUAL(std::string("ok"), copy.text("PRAGMA integrity_check"));
        const auto mode = std::filesystem::status(backup()).permissions();
        CPPUNIT_ASSERT((mode & std::filesystem::perms::group_all) == std::filesystem::perms::none);
        CPPUNIT_ASSERT((mode & std::filesystem::perms::others_all) == std::filesystem::perms::none);
    }

    void aBackupReplacesNothing() {
        const auto storage = bed_.make();
        std::ofstream(backup()) << "precious";
        const auto made = storage->maintenance()->backUp(backup());
        CPPUNIT_ASSERT(!made);
        CPPUNIT_ASSERT(made.error().detail.find(backup()) != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::uintmax_t{8}, std::filesystem::file_size(backup()));
    }

    void whatIsRestoredIsWhatWasBackedUp() {
        auto storage = bed_.make();
        put(*storage, record("client", "kept"));
        assertOk(storage->maintenance()->backUp(backup()));
        put(*storage, record("client", "later"));
        storage->stop();
        assertOk(storage->maintenance()->restore(backup()));
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(has(*storage, "kept"));
        CPPUNIT_ASSERT(!has(*storage, "later"));
        put(*storage, record("client", "after"));
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(has(*storage, "after"));
        CPPUNIT_ASSERT_MESSAGE("can be restored again", std::filesystem::exists(backup()));
    }

    void nothingIsRestoredUnderAServer() {
        auto storage = bed_.make();
        put(*storage, record("client", "kept"));
        assertOk(storage->maintenance()->backUp(backup()));
        put(*storage, record("client", "later"));
        const auto restored = storage->maintenance()->restore(backup());
        CPPUNIT_ASSERT(!restored);
        CPPUNIT_ASSERT(restored.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(restored.error().detail.find("is open in") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(restored.error().detail,
                             storage->maintenance()->requireUnused().error().detail);
        CPPUNIT_ASSERT(has(*storage, "later"));
        put(*storage, record("client", "still"));
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(has(*storage, "still"));
        storage->stop();
        assertOk(storage->maintenance()->requireUnused());
    }

    void onlyABackupIsRestored() {
        const auto storage = bed_.make();
        put(*storage, record("client", "kept"));
        assertOk(storage->maintenance()->backUp(backup()));
        storage->stop();
        const auto refused = [&](const std::string& file) {
            const auto restored = storage->maintenance()->restore(file);
            CPPUNIT_ASSERT(!restored);
            CPPUNIT_ASSERT(restored.error().detail.find(file) != std::string::npos);
        };
        refused(bed_.folder + "/nowhere");
        std::ofstream(bed_.folder + "/text") << std::string(10000, 'x');
        refused(bed_.folder + "/text");
        std::ofstream(bed_.folder + "/empty");
        refused(bed_.folder + "/empty");
        std::filesystem::resize_file(backup(), std::filesystem::file_size(backup()) / 2);
        refused(backup());
        const auto again = bed_.make();
        CPPUNIT_ASSERT(has(*again, "kept"));
    }

    void theFirstStepIsAppliedAndStays() {
        const auto unstarted = bed_.unstarted();
        CPPUNIT_ASSERT(!unstarted->maintenance()->migrations());
        const auto storage = bed_.make();
        const auto steps = storage->maintenance()->migrations();
        CPPUNIT_ASSERT(steps);
        CPPUNIT_ASSERT_EQUAL(schemaSteps().size(), steps->size());
        CPPUNIT_ASSERT(steps->front().isApplied);
        put(*storage, record("client", "kept"));
        CPPUNIT_ASSERT(!storage->maintenance()->migrateTo(0));
        CPPUNIT_ASSERT(!storage->maintenance()->migrateTo(100));
        CPPUNIT_ASSERT(has(*storage, "kept"));
    }

    /// The schema of a version to come.
    static std::vector<SchemaStep> later() {
        auto steps = schemaSteps();
        steps.push_back({"a column", 1, "ALTER TABLE records ADD COLUMN note BLOB",
                         "ALTER TABLE records DROP COLUMN note"});
        return steps;
    }
    void bringTo(const std::vector<SchemaStep>& steps) {
        Connection connection(bed_.path, Synchronous::full, 1000);
        migrateSchema(connection, bed_.path, steps, static_cast<std::int64_t>(steps.size()));
    }

    void stepsUpAndDownLoseNothing() {
        const auto now = static_cast<std::int64_t>(schemaSteps().size());
        auto storage = bed_.make();
        put(*storage, record("client", "kept"));
        {
            Connection connection(bed_.path, Synchronous::full, 1000);
            migrateSchema(connection, bed_.path, later(), now + 1);
            CPPUNIT_ASSERT_EQUAL(
                std::int64_t{1},
                connection.number("SELECT count(*) FROM records WHERE note IS NULL"));
        }
        CPPUNIT_ASSERT_MESSAGE("the version before still serves", has(*storage, "kept"));
        put(*storage, record("client", "meanwhile"));
        {
            Connection connection(bed_.path, Synchronous::full, 1000);
            migrateSchema(connection, bed_.path, later(), now);
            CPPUNIT_ASSERT_EQUAL(now, schemaVersion(connection, bed_.path, schemaSteps()));
        }
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(has(*storage, "kept"));
        CPPUNIT_ASSERT(has(*storage, "meanwhile"));
    }

    void aStepThatFailsLeavesNothing() {
        const auto now = static_cast<std::int64_t>(schemaSteps().size());
        const auto storage = bed_.make();
        auto steps = schemaSteps();
        steps.push_back({"broken", 1, "CREATE TABLE half (id INTEGER); SELECT nonsense", nullptr});
        Connection connection(bed_.path, Synchronous::full, 1000);
        CPPUNIT_ASSERT_THROW(migrateSchema(connection, bed_.path, steps, now + 1), SqliteFailure);
        CPPUNIT_ASSERT_EQUAL(now, schemaVersion(connection, bed_.path, steps));
        CPPUNIT_ASSERT_EQUAL(
            std::int64_t{0},
            connection.number("SELECT count(*) FROM sqlite_master WHERE name = 'half'"));
    }

    void aNewerFileIsServedAsLongAsItAllows() {
        auto storage = bed_.make();
        bringTo(later());
        storage = bed_.reopen(std::move(storage));
        put(*storage, record("client", "kept"));
        CPPUNIT_ASSERT(has(*storage, "kept"));
    }

    void stepsOfANewerVersionAreShownAndLeftAlone() {
        const auto storage = bed_.make();
        bringTo(later());
        const auto shown = storage->maintenance()->migrations();
        CPPUNIT_ASSERT_EQUAL(later().size(), shown->size());
        CPPUNIT_ASSERT_EQUAL(std::string("a column"), shown->back().name);
        CPPUNIT_ASSERT(shown->back().isApplied);
        const auto known = static_cast<int>(schemaSteps().size());
        const auto status = storage->maintenance()->migrateTo(known);
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().detail.find("newer version") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(later().size(), storage->maintenance()->migrations()->size());
    }

    void aFileFromBeforeStepsHadEntriesIsBroughtForward() {
        auto storage = bed_.make();
        put(*storage, record("client", "kept"));
        storage->stop();
        {
            Connection connection(bed_.path, Synchronous::full, 1000);
            connection.execute("DROP TABLE schema_steps");
        }
        bringTo(later());
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(has(*storage, "kept"));
        CPPUNIT_ASSERT_EQUAL(later().size(), storage->maintenance()->migrations()->size());
    }

    void aNewerFileSaysHowToGoBack() {
        const auto known = static_cast<int>(schemaSteps().size());
        auto steps = later();
        steps.push_back({"contracted", known + 1, "DROP INDEX records_by_family",
                         "CREATE INDEX records_by_family ON records (family)"});
        bed_.make();
        bringTo(steps);
        const auto storage = bed_.unstarted();
        const auto started = storage->start();
        CPPUNIT_ASSERT(!started);
        CPPUNIT_ASSERT_MESSAGE(started.error().detail,
                               started.error().detail.find("gatehouse migrate down --to " +
                                                           std::to_string(known + 1)) !=
                                   std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SqliteMaintenanceTest);

}  // namespace gatehouse
