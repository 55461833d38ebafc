// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "DatabaseFile.h"
#include "FaultyDisk.h"
#include "SqliteBed.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

namespace gatehouse {
namespace {

Batch putting(const std::string& key, std::size_t size = 10) {
    Batch batch;
    Record record;
    record.kind = "session";
    record.key = key;
    record.payload = std::string(size, 'x');
    batch.puts.push_back(record);
    return batch;
}

/// Another program that uses the file.
class OtherProgram {
public:
    explicit OtherProgram(const std::string& path) { sqlite3_open(path.c_str(), &database_); }
    OtherProgram(const OtherProgram&) = delete;
    OtherProgram& operator=(const OtherProgram&) = delete;
    ~OtherProgram() { sqlite3_close(database_); }
    void execute(const char* sql) {
        CPPUNIT_ASSERT_EQUAL(SQLITE_OK, sqlite3_exec(database_, sql, nullptr, nullptr, nullptr));
    }
    std::string text(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        CPPUNIT_ASSERT_EQUAL(SQLITE_OK,
                             sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr));
        CPPUNIT_ASSERT_EQUAL(SQLITE_ROW, sqlite3_step(statement));
        const std::string found = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
        sqlite3_finalize(statement);
        return found;
    }

private:
    sqlite3* database_ = nullptr;
};

}  // namespace

class SqliteFaultTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SqliteFaultTest);
    CPPUNIT_TEST(aFullDiskIsUnavailableUntilThereIsRoom);
    CPPUNIT_TEST(aFileThatMayNotGrowIsUnavailableUntilItMay);
    CPPUNIT_TEST(aReadOnlyDiskIsUnavailableUntilItIsWritable);
    CPPUNIT_TEST(aBrokenDiskIsUnavailableUntilItWorks);
    CPPUNIT_TEST(whatCouldNotBeFlushedMayHaveBeenApplied);
    CPPUNIT_TEST(readingGoesOnWhileTheDiskIsFull);
    CPPUNIT_TEST(aLockHeldByAnotherProgramIsWaitedForUntilTheDeadline);
    CPPUNIT_TEST(aFileThatWasTakenAwayIsUnavailableUntilItIsBack);
    CPPUNIT_TEST(aForeignFileIsRefusedByName);
    CPPUNIT_TEST(aDamagedFileIsRefusedByName);
    CPPUNIT_TEST(aForeignDatabaseIsRefusedByName);
    CPPUNIT_TEST(aNewerSchemaIsRefusedByName);
    CPPUNIT_TEST(theFileIsTheOwnersAlone);
    CPPUNIT_TEST(aFolderOpenToEverybodyIsRefused);
    CPPUNIT_TEST(aFileOthersMayWriteIsRefused);
    CPPUNIT_TEST(aVolumesGroupMayWriteItsFile);
    CPPUNIT_TEST(aMissingFolderIsNamed);
    CPPUNIT_TEST(urlsNameFiles);
    CPPUNIT_TEST(configurationWantsOnePlace);
    CPPUNIT_TEST(spaceOfWhatExpiredIsUsedAgain);
    CPPUNIT_TEST(spaceThatIsNotNeededGoesBackToTheDisk);
    CPPUNIT_TEST(aStoppedStorageIsUnavailable);
    CPPUNIT_TEST_SUITE_END();

public:
    void aFullDiskIsUnavailableUntilThereIsRoom() { failsAndRecovers(SQLITE_FULL); }
    void aReadOnlyDiskIsUnavailableUntilItIsWritable() { failsAndRecovers(SQLITE_READONLY); }
    void aBrokenDiskIsUnavailableUntilItWorks() {
        failsAndRecovers(SQLITE_IOERR_WRITE);
        failsAndRecovers(SQLITE_IOERR_FSYNC);
    }

    void aFileThatMayNotGrowIsUnavailableUntilItMay() {
        std::signal(SIGXFSZ, SIG_IGN);
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "before"));
        rlimit old{};
        ::getrlimit(RLIMIT_FSIZE, &old);
        const rlimit tight{64 * 1024, old.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &tight);
        bool hasFailed = false;
        for (int time = 0; time < 100 && !hasFailed; ++time) {
            const auto outcomes =
                storage->apply(context_, {putting("large" + std::to_string(time), 10000)});
            hasFailed = !outcomes && outcomes.error().isTemporary();
        }
        ::setrlimit(RLIMIT_FSIZE, &old);
        CPPUNIT_ASSERT(hasFailed);
        CPPUNIT_ASSERT(applied(*storage, "after"));
        CPPUNIT_ASSERT(exists(*storage, "before") && exists(*storage, "after"));
    }

    void whatCouldNotBeFlushedMayHaveBeenApplied() {
        const FaultyDisk disk;
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "before"));
        FaultyDisk::answerFlushesWith(SQLITE_IOERR_FSYNC);
        const auto outcomes = storage->apply(context_, {putting("open")});
        CPPUNIT_ASSERT(!outcomes && outcomes.error().fault == Fault::unknown);
        FaultyDisk::answerFlushesWith(SQLITE_OK);
        // Whoever opens the log next reads what was written there.
        CPPUNIT_ASSERT(exists(*storage, "open"));
    }

    void readingGoesOnWhileTheDiskIsFull() {
        const FaultyDisk disk;
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "a"));
        FaultyDisk::answerWritesWith(SQLITE_FULL);
        CPPUNIT_ASSERT(exists(*storage, "a"));
        CPPUNIT_ASSERT(bool(storage->list(context_, "session", {}, "", 10)));
        CPPUNIT_ASSERT(bool(storage->changesSince(context_, 0)));
        FaultyDisk::answerWritesWith(SQLITE_OK);
    }

    void aLockHeldByAnotherProgramIsWaitedForUntilTheDeadline() {
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "before"));
        OtherProgram other(bed_.path);
        other.execute("BEGIN IMMEDIATE");
        testkit::FakeContext hurried;
        hurried.deadline = bed_.clock().steady() + milliseconds{30};
        const auto outcomes = storage->apply(hurried, {putting("a")});
        CPPUNIT_ASSERT(!outcomes);
        CPPUNIT_ASSERT(outcomes.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(exists(*storage, "before"));
        other.execute("COMMIT");
        CPPUNIT_ASSERT(applied(*storage, "a"));
    }

    void aFileThatWasTakenAwayIsUnavailableUntilItIsBack() {
        auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "before"));
        storage = bed_.reopen(std::move(storage));
        const std::string aside = bed_.folder + "/aside.db";
        CPPUNIT_ASSERT_EQUAL(0, std::rename(bed_.path.c_str(), aside.c_str()));
        const auto outcomes = storage->apply(context_, {putting("a")});
        if (!outcomes) {
            CPPUNIT_ASSERT(outcomes.error().fault == Fault::unavailable);
            CPPUNIT_ASSERT(!std::filesystem::exists(bed_.path));
        }
        CPPUNIT_ASSERT_EQUAL(0, std::rename(aside.c_str(), bed_.path.c_str()));
        CPPUNIT_ASSERT(applied(*storage, "after"));
        CPPUNIT_ASSERT(exists(*storage, "before") && exists(*storage, "after"));
    }

    void aForeignFileIsRefusedByName() {
        std::ofstream(bed_.path) << std::string(8192, '#');
        refusesToStart("not a database");
    }

    void aDamagedFileIsRefusedByName() {
        {
            const auto storage = bed_.make();
            for (int number = 0; number < 200; ++number) {
                CPPUNIT_ASSERT(applied(*storage, "k" + std::to_string(number)));
            }
            storage->stop();
        }
        std::fstream file(bed_.path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(2 * 4096);
        for (int page = 0; page < 10; ++page) {
            file << std::string(4096, '\x7f');
        }
        file.close();
        refusesToStart("");
    }

    void aForeignDatabaseIsRefusedByName() {
        OtherProgram(bed_.path).execute("CREATE TABLE songs (title TEXT)");
        ::chmod(bed_.path.c_str(), S_IRUSR | S_IWUSR);
        refusesToStart("another program");
    }

    void aNewerSchemaIsRefusedByName() {
        bed_.make()->stop();
        OtherProgram(bed_.path).execute("PRAGMA user_version = 99");
        refusesToStart("newer version");
    }

    void theFileIsTheOwnersAlone() {
        const mode_t old = ::umask(0);
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "a"));
        ::umask(old);
        for (const char* suffix : {"", "-wal", "-shm"}) {
            struct stat found {};
            CPPUNIT_ASSERT_EQUAL(0, ::stat((bed_.path + suffix).c_str(), &found));
            CPPUNIT_ASSERT_EQUAL(mode_t{0600}, static_cast<mode_t>(found.st_mode & 0777));
        }
    }

    void aFolderOpenToEverybodyIsRefused() {
        ::chmod(bed_.folder.c_str(), 0777);
        refusesToStart("");
        ::chmod(bed_.folder.c_str(), 01777);
        bed_.make()->stop();
    }

    void aFileOthersMayWriteIsRefused() {
        bed_.make()->stop();
        ::chmod(bed_.path.c_str(), 0666);
        refusesToStart("written by others");
    }

    void aVolumesGroupMayWriteItsFile() {
        bed_.make()->stop();
        ::chmod(bed_.path.c_str(), 0660);
        refusesToStart("written by others");
        ::chmod(bed_.folder.c_str(), 02770);
        bed_.make()->stop();
        CPPUNIT_ASSERT(bed_.host.fakeLog.says("can be written by its group"));
    }

    void aMissingFolderIsNamed() {
        bed_.path = bed_.folder + "/missing/gatehouse.db";
        const auto storage = bed_.unstarted();
        const Status status = storage->start();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(contains(status.error().detail, bed_.folder + "/missing"));
    }

    void urlsNameFiles() {
        CPPUNIT_ASSERT_EQUAL(std::string("/a/b.db"), *pathOfUrl("sqlite:/a/b.db"));
        CPPUNIT_ASSERT_EQUAL(std::string("/a/b.db"), *pathOfUrl("sqlite:///a/b.db"));
        CPPUNIT_ASSERT_EQUAL(std::string("b.db"), *pathOfUrl("sqlite:b.db"));
        for (const char* wrong : {"sqlite:", "sqlite://", "sqlite::memory:", "postgresql://x",
                                  "sqlite:/a?mode=ro", "/a/b.db"}) {
            CPPUNIT_ASSERT(!pathOfUrl(wrong));
        }
    }

    void configurationWantsOnePlace() {
        SqliteStorage storage;
        CPPUNIT_ASSERT(!storage.configure(config({}), bed_.host));
        CPPUNIT_ASSERT(
            !storage.configure(config({{"path", "/a"}, {"url", "sqlite:/b"}}), bed_.host));
        CPPUNIT_ASSERT(!storage.configure(config({{"url", "memory:"}}), bed_.host));
        CPPUNIT_ASSERT(
            bool(storage.configure(config({{"url", "sqlite:" + bed_.path}}), bed_.host)));
        CPPUNIT_ASSERT(bool(storage.start()));
        CPPUNIT_ASSERT(std::filesystem::exists(bed_.path));
    }

    void spaceOfWhatExpiredIsUsedAgain() {
        const auto storage = bed_.make();
        std::uintmax_t firstSize = 0;
        for (int round = 0; round < 6; ++round) {
            fill(*storage, round, 500);
            bed_.clock().advance(seconds{11});
            while (*storage->dropExpired(context_, bed_.clock().now(), 200) > 0) {
            }
            firstSize = round == 0 ? pages() : firstSize;
        }
        CPPUNIT_ASSERT(pages() < firstSize * 3 / 2);
    }

    void spaceThatIsNotNeededGoesBackToTheDisk() {
        auto storage = bed_.make();
        fill(*storage, 0, 6000);
        const auto before = pages();
        bed_.clock().advance(seconds{11});
        // It gives back only while nobody writes: its own removals count, so it takes a moment.
        while (pages() > before * 3 / 4) {
            CPPUNIT_ASSERT(bool(storage->dropExpired(context_, bed_.clock().now(), 1000)));
        }
    }

    void aStoppedStorageIsUnavailable() {
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "a"));
        storage->stop();
        const auto outcomes = storage->apply(context_, {putting("b")});
        CPPUNIT_ASSERT(!outcomes && outcomes.error().fault == Fault::unavailable);
        const auto found = storage->find(context_, "session", "a");
        CPPUNIT_ASSERT(!found && found.error().fault == Fault::unavailable);
    }

private:
    static testkit::FakeConfig config(ValueMap settings) {
        return testkit::FakeConfig(fieldsOf<SqliteStorage>(), std::move(settings));
    }
    static bool contains(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    bool applied(Storage& storage, const std::string& key) {
        const auto outcomes = storage.apply(context_, {putting(key)});
        return outcomes && outcomes->front().applied();
    }
    bool exists(Storage& storage, const std::string& key) {
        const auto found = storage.find(context_, "session", key);
        return found && *found;
    }
    void failsAndRecovers(int code) {
        const FaultyDisk disk;
        auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "before"));
        FaultyDisk::answerWritesWith(code);
        for (int time = 0; time < 3; ++time) {
            const auto outcomes = storage->apply(context_, {putting("lost"), putting("lost2")});
            CPPUNIT_ASSERT(!outcomes);
            CPPUNIT_ASSERT_MESSAGE(outcomes.error().detail, outcomes.error().isTemporary());
        }
        FaultyDisk::answerWritesWith(SQLITE_OK);
        CPPUNIT_ASSERT(applied(*storage, "after"));
        CPPUNIT_ASSERT(exists(*storage, "before") && exists(*storage, "after"));
        CPPUNIT_ASSERT(!exists(*storage, "lost") && !exists(*storage, "lost2"));
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(exists(*storage, "before") && exists(*storage, "after"));
        CPPUNIT_ASSERT(!exists(*storage, "lost"));
        storage->stop();
        CPPUNIT_ASSERT_EQUAL(std::string("ok"),
                             OtherProgram(bed_.path).text("PRAGMA integrity_check"));
    }
    void refusesToStart(const std::string& why) {
        const auto storage = bed_.unstarted();
        const Status status = storage->start();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT_MESSAGE(status.error().detail, contains(status.error().detail, why));
        CPPUNIT_ASSERT_MESSAGE(status.error().detail, contains(status.error().detail, bed_.folder));
        storage->stop();
    }
    void fill(Storage& storage, int round, int count) {
        std::vector<Batch> batches;
        for (int number = 0; number < count; ++number) {
            Batch batch = putting(std::to_string(round) + "." + std::to_string(number), 3000);
            batch.puts[0].expires = bed_.clock().now() + seconds{10};
            batch.puts[0].links = {{"subject", "u" + std::to_string(number)}};
            batches.push_back(batch);
        }
        CPPUNIT_ASSERT(bool(storage.apply(context_, batches)));
    }
    std::uintmax_t pages() { return std::stoul(OtherProgram(bed_.path).text("PRAGMA page_count")); }

    SqliteBed bed_;
    testkit::FakeContext context_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(SqliteFaultTest);

}  // namespace gatehouse
