// SPDX-License-Identifier: Apache-2.0
#include "FileUserStore.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "passwords/Argon2.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace gatehouse {

class FileUserStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileUserStoreTest);
    CPPUNIT_TEST(aUserOfTheFileGetsIn);
    CPPUNIT_TEST(aBrokenFileStopsTheStartWithItsPlace);
    CPPUNIT_TEST(aMissingFileStopsTheStart);
    CPPUNIT_TEST(aFileThatAnybodyCanWriteStopsTheStart);
    CPPUNIT_TEST(aFolderIsNoFile);
    CPPUNIT_TEST(aReplacedFileIsReadAgainWithinASecond);
    CPPUNIT_TEST(aClockSetBackDelaysNothing);
    CPPUNIT_TEST(aFileChangedInPlaceIsReadAgain);
    CPPUNIT_TEST(aBrokenNewFileKeepsTheOldUsersAndIsLoggedOnce);
    CPPUNIT_TEST(aNewFileThatAnybodyCanWriteIsNotTaken);
    CPPUNIT_TEST(aFileThatGoesAwayKeepsItsUsersAndIsSeenWhenBack);
    CPPUNIT_TEST(allThatIsWrongIsFoundByACheck);
    CPPUNIT_TEST(anEmptyFileLetsNobodyIn);
    CPPUNIT_TEST(itCannotBeEdited);
    CPPUNIT_TEST(readersNeverWaitForAReload);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        std::string folder = std::filesystem::temp_directory_path() / "gatehouse-users-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(folder.data()) != nullptr);
        folder_ = folder;
        path_ = folder_ / "users";
        CPPUNIT_ASSERT(store_.configure(config(), host_));
    }
    void tearDown() override {
        store_.stop();
        std::filesystem::remove_all(folder_);
    }

private:
    void aUserOfTheFileGetsIn() {
        replace(line("ada"));
        CPPUNIT_ASSERT(store_.start());
        CPPUNIT_ASSERT(knows("ada"));
        CPPUNIT_ASSERT(*store_.checkPassword(context_, "ada", Secret("right")));
        CPPUNIT_ASSERT(!*store_.checkPassword(context_, "ada", Secret("wrong")));
    }

    void aBrokenFileStopsTheStartWithItsPlace() {
        replace(line("ada") + "bob\n");
        startFails(path_.string() + ":2:4: ");
    }

    void aMissingFileStopsTheStart() {
        startFails(path_.string() + " cannot be read: No such file");
    }

    void aFileThatAnybodyCanWriteStopsTheStart() {
        replace(line("ada"));
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(path_.c_str(), 0646));
        startFails("can be written by everybody (mode 0646)");
    }

    void aFolderIsNoFile() {
        std::filesystem::create_directory(path_);
        startFails("is a folder, not a file");
    }

    void allThatIsWrongIsFoundByACheck() {
        CPPUNIT_ASSERT_EQUAL(path_.string() + " cannot be read: No such file or directory",
                             checkFails());
        replace(line("ada") + "bob:$1$salt$hash\n" + line("Ada"));
        CPPUNIT_ASSERT_EQUAL(path_.string() +
                                 ":2:5: this is MD5 crypt, which is too weak to be taken\n" +
                                 path_.string() + ":3:1: login \"Ada\" stands in line 1 already",
                             checkFails());
        replace("\xEF\xBB\xBF" + line("ada"));
        CPPUNIT_ASSERT_EQUAL(path_.string() + ":1:1: the file begins with a byte order mark; save "
                                              "it as UTF-8 without one",
                             checkFails());
        replace(line("ada"));
        CPPUNIT_ASSERT(store_.check());
    }

    void aReplacedFileIsReadAgainWithinASecond() {
        replace(line("ada"));
        CPPUNIT_ASSERT(store_.start());
        CPPUNIT_ASSERT(!knows("bob"));
        replace(line("bob"));
        CPPUNIT_ASSERT(!knows("bob"));
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(knows("bob"));
        CPPUNIT_ASSERT(!knows("ada"));
    }

    void aClockSetBackDelaysNothing() {
        replace(line("ada"));
        CPPUNIT_ASSERT(store_.start());
        CPPUNIT_ASSERT(knows("ada"));
        replace(line("bob"));
        host_.fakeClock.set(host_.fakeClock.now() - seconds{3600});
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(knows("bob"));
    }

    void aFileChangedInPlaceIsReadAgain() {
        replace(line("ada"));
        CPPUNIT_ASSERT(store_.start());
        std::ofstream(path_, std::ios::app) << line("bob");
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(knows("bob"));
        CPPUNIT_ASSERT(knows("ada"));
    }

    void aBrokenNewFileKeepsTheOldUsersAndIsLoggedOnce() {
        replace(line("ada"));
        CPPUNIT_ASSERT(store_.start());
        replace("nonsense\n");
        for (int round = 0; round < 3; ++round) {
            host_.fakeClock.advance(seconds{1});
            CPPUNIT_ASSERT(knows("ada"));
        }
        CPPUNIT_ASSERT_EQUAL(1, errorsLogged());
        CPPUNIT_ASSERT(host_.fakeLog.says(path_.string() + ":1:9: "));
        replace(line("bob"));
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(knows("bob"));
    }

    void aNewFileThatAnybodyCanWriteIsNotTaken() {
        replace(line("ada"));
        CPPUNIT_ASSERT(store_.start());
        replace(line("mallory"));
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(path_.c_str(), 0666));
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(!knows("mallory"));
        CPPUNIT_ASSERT(knows("ada"));
    }

    void aFileThatGoesAwayKeepsItsUsersAndIsSeenWhenBack() {
        replace(line("ada"));
        CPPUNIT_ASSERT(store_.start());
        std::filesystem::remove(path_);
        for (int round = 0; round < 3; ++round) {
            host_.fakeClock.advance(seconds{1});
            CPPUNIT_ASSERT(knows("ada"));
        }
        CPPUNIT_ASSERT_EQUAL(1, errorsLogged());
        replace(line("bob"));
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(knows("bob"));
    }

    void anEmptyFileLetsNobodyIn() {
        replace("");
        CPPUNIT_ASSERT(store_.start());
        CPPUNIT_ASSERT(!knows("ada"));
        const auto checked = store_.checkPassword(context_, "ada", Secret("right"));
        CPPUNIT_ASSERT(checked && !*checked);
    }

    void itCannotBeEdited() { CPPUNIT_ASSERT(store_.editor() == nullptr); }

    void readersNeverWaitForAReload() {
        replace(line("ada"));
        CPPUNIT_ASSERT(store_.start());
        std::atomic<bool> isOver{false};
        std::atomic<int> unknown{0};
        std::vector<std::thread> readers;
        for (int number = 0; number < 4; ++number) {
            readers.emplace_back([&] {
                while (!isOver) {
                    const auto found = store_.findByLogin(context_, "ada");
                    unknown += found && *found ? 0 : 1;
                }
            });
        }
        for (int round = 0; round < 50; ++round) {
            replace(line("ada") + line("user" + std::to_string(round)));
            host_.fakeClock.advance(seconds{1});
            CPPUNIT_ASSERT(knows("ada"));
        }
        isOver = true;
        for (auto& reader : readers) {
            reader.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, unknown.load());
    }

    ValueMap settings() {
        return {
            {"path", path_.string()}, {"threads", 1}, {"queue", 16}, {"weakest_hash", "phpass"}};
    }
    testkit::FakeConfig config() { return testkit::FakeConfig({}, settings()); }
    /// As editors do: a new file under the old name.
    void replace(const std::string& text) {
        const auto fresh = folder_ / "fresh";
        std::ofstream(fresh) << text;
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(fresh.c_str(), 0640));
        std::filesystem::rename(fresh, path_);
    }
    static std::string line(const std::string& login) {
        return login + ":" + argon2Hash(Secret("right"), "a salt of bytes", {8, 1, 1}) + "\n";
    }
    bool knows(std::string_view login) {
        const auto found = store_.findByLogin(context_, login);
        CPPUNIT_ASSERT(found);
        return found->has_value();
    }
    int errorsLogged() {
        int count = 0;
        for (const auto& logged : host_.fakeLog.lines()) {
            count += logged.level == Level::error ? 1 : 0;
        }
        return count;
    }
    std::string checkFails() const {
        const auto status = store_.check();
        CPPUNIT_ASSERT(!status);
        return status.error().detail;
    }
    void startFails(const std::string& message) {
        const auto status = store_.start();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT_MESSAGE(status.error().detail,
                               status.error().detail.find(message) != std::string::npos);
    }

    std::filesystem::path folder_;
    std::filesystem::path path_;
    testkit::FakeHost host_;
    testkit::FakeContext context_;
    FileUserStore store_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(FileUserStoreTest);

}  // namespace gatehouse
