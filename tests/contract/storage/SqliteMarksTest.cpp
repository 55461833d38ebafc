// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "SqliteBed.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace gatehouse {

/// Replay marks beside the database.
class SqliteMarksTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SqliteMarksTest);
    CPPUNIT_TEST(aMarkIsNewOnce);
    CPPUNIT_TEST(oneOfManyAtOnceIsFirst);
    CPPUNIT_TEST(marksOutliveAKill);
    CPPUNIT_TEST(marksOutliveAnOrderlyEndAndAStartOfTheMachine);
    CPPUNIT_TEST(marksThatTheMachineTookAreNotTakenForNew);
    CPPUNIT_TEST(theLossIsRememberedByTheNextProcesses);
    CPPUNIT_TEST(aClockThatWasAheadLosesThemForNoLonger);
    CPPUNIT_TEST(marksOutliveAClockThatIsSetForwardsAndBack);
    CPPUNIT_TEST(theLossIsNoLongerAgoForAClockThatIsSet);
    CPPUNIT_TEST(anotherStartAndAnotherMachineAreTold);
    CPPUNIT_TEST(aProcessThatStartedLongAgoHasLostNothingSince);
    CPPUNIT_TEST(aTornFileIsReadAsFarAsItGoes);
    CPPUNIT_TEST(marksGoWhenTheyHaveEnded);
    CPPUNIT_TEST(whoMarksNothingTakesNoFolder);
    CPPUNIT_TEST(aSecondServerIsRefused);
    CPPUNIT_TEST(whatCannotBeWrittenIsNotMarked);
    CPPUNIT_TEST(aFolderOfOthersIsRefused);
    CPPUNIT_TEST(theyLieBesideTheFileThatALinkLeadsTo);
    CPPUNIT_TEST(thereAreOnlySoMany);
    CPPUNIT_TEST_SUITE_END();

public:
    void aMarkIsNewOnce() {
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
        CPPUNIT_ASSERT(!isNew(*storage, "jti"));
        CPPUNIT_ASSERT(isNew(*storage, "other"));
        CPPUNIT_ASSERT(*mark(*storage, "jti", "another kind"));
        until_ += std::chrono::minutes{5};
        CPPUNIT_ASSERT_MESSAGE("it is the same until it ends", !isNew(*storage, "jti"));
    }

    void oneOfManyAtOnceIsFirst() {
        const auto storage = bed_.make();
        for (int round = 0; round < 20; ++round) {
            std::atomic<int> first{0};
            std::vector<std::thread> threads;
            for (int thread = 0; thread < 16; ++thread) {
                threads.emplace_back([&] {
                    const auto made = mark(*storage, "jti" + std::to_string(round));
                    first += made && *made ? 1 : 0;
                });
            }
            for (auto& thread : threads) {
                thread.join();
            }
            CPPUNIT_ASSERT_EQUAL(1, first.load());
        }
    }

    void marksOutliveAKill() {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto storage = bed_.make();
            for (int each = 0; each < 5000; ++each) {
                if (!isNew(*storage, std::to_string(each))) {
                    ::_exit(1);
                }
            }
            ::kill(::getpid(), SIGKILL);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        CPPUNIT_ASSERT(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        const auto storage = bed_.make();
        for (int each = 0; each < 5000; ++each) {
            CPPUNIT_ASSERT(!isNew(*storage, std::to_string(each)));
        }
        CPPUNIT_ASSERT(isNew(*storage, "5000"));
    }

    void marksOutliveAnOrderlyEndAndAStartOfTheMachine() {
        auto storage = bed_.make();
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
        storage->stop();
        CPPUNIT_ASSERT_EQUAL(std::string("0 ended 0\n"), textOf("run"));
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(!isNew(*storage, "jti"));
        CPPUNIT_ASSERT(isNew(*storage, "other"));
        CPPUNIT_ASSERT(textOf("run") != "0 ended 0\n");
    }

    void marksThatTheMachineTookAreNotTakenForNew() {
        for (const std::string said : {anotherStart, "x 0\n", "0 ended", "\n", "\xff"}) {
            auto storage = bed_.make();
            CPPUNIT_ASSERT(isNew(*storage, "jti"));
            storage->stop();
            write("run", said);
            storage = bed_.reopen(std::move(storage));
            CPPUNIT_ASSERT_MESSAGE(said,
                                   mark(*storage, "lost").error().fault == Fault::unavailable);
            CPPUNIT_ASSERT_MESSAGE("what is there is known", !isNew(*storage, "jti"));
            bed_.clock().advance(std::chrono::seconds{31});
            until_ += std::chrono::seconds{31};
            const auto issued = bed_.clock().now();
            CPPUNIT_ASSERT(*mark(*storage, "later", "replay", issued - std::chrono::seconds{30}));
            storage->stop();
            std::filesystem::remove_all(bed_.path + "-marks");
        }
    }

    void theLossIsRememberedByTheNextProcesses() {
        auto storage = bed_.make();
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
        storage->stop();
        write("run", anotherStart);
        for (int run = 0; run < 3; ++run) {
            storage = bed_.reopen(std::move(storage));
            CPPUNIT_ASSERT(mark(*storage, "lost").error().fault == Fault::unavailable);
        }
        storage.reset();
        const pid_t child = ::fork();
        if (child == 0) {
            const auto killed = bed_.make();
            const auto lost = mark(*killed, "lost");
            ::_exit(!lost && lost.error().fault == Fault::unavailable ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        CPPUNIT_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        storage = bed_.make();
        CPPUNIT_ASSERT(mark(*storage, "lost").error().fault == Fault::unavailable);
    }

    void aClockThatWasAheadLosesThemForNoLonger() {
        auto storage = bed_.make();
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
        storage->stop();
        write("run", anotherStart);
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(mark(*storage, "lost").error().fault == Fault::unavailable);
        bed_.clock().set(bed_.clock().now() - std::chrono::hours{1});
        CPPUNIT_ASSERT(mark(*storage, "lost").error().fault == Fault::unavailable);
        bed_.clock().advance(std::chrono::seconds{1});
        CPPUNIT_ASSERT(isNew(*storage, "later"));
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(isNew(*storage, "later still"));
    }

    void marksOutliveAClockThatIsSetForwardsAndBack() {
        auto storage = bed_.make();
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
        const auto now = bed_.clock().now();
        bed_.clock().set(now + std::chrono::minutes{10});
        until_ += std::chrono::minutes{10};
        CPPUNIT_ASSERT(isNew(*storage, "other"));
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(isNew(*storage, "third"));
        bed_.clock().set(now);
        until_ -= std::chrono::minutes{10};
        CPPUNIT_ASSERT(!isNew(*storage, "jti"));
    }

    void theLossIsNoLongerAgoForAClockThatIsSet() {
        auto storage = bed_.make();
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
        storage->stop();
        write("run", anotherStart);
        const auto now = bed_.clock().now();
        bed_.clock().set(now - std::chrono::hours{1});
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(mark(*storage, "lost").error().fault == Fault::unavailable);
        bed_.clock().set(now);
        CPPUNIT_ASSERT(mark(*storage, "lost").error().fault == Fault::unavailable);
        bed_.clock().advance(std::chrono::seconds{31});
        CPPUNIT_ASSERT(*mark(*storage, "later", "replay", now + std::chrono::seconds{1}));
    }

    void anotherStartAndAnotherMachineAreTold() {
        std::string start;
        std::string id;
        {
            const auto storage = bed_.make();
            CPPUNIT_ASSERT(isNew(*storage, "jti"));
            std::istringstream(textOf("run")) >> start >> id;
        }
        write("run", start + ' ' + id + " 0\n");
        CPPUNIT_ASSERT(isNew(*bed_.make(), "kept"));
        const auto earlier = std::to_string(std::stoll(start) - 10'000);
        for (const auto& run : {earlier + ' ' + id, start + " another"}) {
            write("run", run + " 0\n");
            const auto storage = bed_.make();
            CPPUNIT_ASSERT(mark(*storage, run).error().fault == Fault::unavailable);
            bed_.clock().advance(seconds{1});
        }
    }

    void aProcessThatStartedLongAgoHasLostNothingSince() {
        bed_.make()->stop();
        std::filesystem::create_directory(bed_.path + "-marks");
        write("run", anotherStart);
        const auto storage = bed_.make();
        bed_.clock().advance(seconds{1});
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
    }

    void aTornFileIsReadAsFarAsItGoes() {
        auto storage = bed_.make();
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
        storage->stop();
        const auto file = theFile();
        write(file, textOf(file) + std::string(100, '\0') + "torn");
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(!isNew(*storage, "jti"));
        CPPUNIT_ASSERT(isNew(*storage, "after"));
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(!isNew(*storage, "jti"));
        CPPUNIT_ASSERT(!isNew(*storage, "after"));
    }

    void marksGoWhenTheyHaveEnded() {
        auto storage = bed_.make();
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
        const auto file = theFile();
        write("note.txt", "of somebody");
        bed_.clock().advance(std::chrono::minutes{4});
        until_ += std::chrono::minutes{4};
        CPPUNIT_ASSERT(isNew(*storage, "other"));
        CPPUNIT_ASSERT(!std::filesystem::exists(bed_.path + "-marks/" + file));
        storage = bed_.reopen(std::move(storage));
        CPPUNIT_ASSERT(!isNew(*storage, "other"));
        bed_.clock().advance(std::chrono::minutes{12});
        until_ += std::chrono::minutes{12};
        CPPUNIT_ASSERT(isNew(*storage, "other"));
        CPPUNIT_ASSERT_EQUAL(std::string("of somebody"), textOf("note.txt"));
        std::filesystem::remove(bed_.path + "-marks/note.txt");
        CPPUNIT_ASSERT(!theFile().empty());
    }

    void whoMarksNothingTakesNoFolder() {
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(!std::filesystem::exists(bed_.path + "-marks"));
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
        bed_.make()->stop();
        CPPUNIT_ASSERT(!isNew(*storage, "jti"));
        CPPUNIT_ASSERT(isNew(*storage, "other"));
    }

    void aSecondServerIsRefused() {
        const auto one = bed_.make();
        CPPUNIT_ASSERT(isNew(*one, "jti"));
        const auto other = bed_.make();
        const auto refused = mark(*other, "jti");
        CPPUNIT_ASSERT(!refused && refused.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(refused.error().detail.find("another process has it") != std::string::npos);
        one->stop();
        CPPUNIT_ASSERT(!isNew(*other, "jti"));
    }

    void whatCannotBeWrittenIsNotMarked() {
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(isNew(*storage, "first"));
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit full{40, before.rlim_max};  // two marks and a half
        CPPUNIT_ASSERT_EQUAL(0, ::setrlimit(RLIMIT_FSIZE, &full));
        const bool hasRoom = isNew(*storage, "second");
        const auto refused = mark(*storage, "third");
        CPPUNIT_ASSERT_EQUAL(0, ::setrlimit(RLIMIT_FSIZE, &before));
        std::signal(SIGXFSZ, ignored);
        CPPUNIT_ASSERT(hasRoom);
        CPPUNIT_ASSERT(!refused && refused.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT_MESSAGE("it works again", isNew(*storage, "third"));
        storage->stop();
        CPPUNIT_ASSERT(mark(*storage, "fourth").error().fault == Fault::unavailable);
        const auto after = bed_.make();
        for (const char* key : {"first", "second", "third"}) {
            CPPUNIT_ASSERT(!isNew(*after, key));
        }
    }

    void aFolderOfOthersIsRefused() {
        auto storage = bed_.make();
        const std::string folder = bed_.path + "-marks";
        std::ofstream(folder) << "a file";
        CPPUNIT_ASSERT(mark(*storage, "jti").error().fault == Fault::unavailable);
        std::filesystem::remove(folder);
        std::filesystem::create_directory(folder);
        std::filesystem::permissions(folder, std::filesystem::perms::all);
        CPPUNIT_ASSERT(mark(*storage, "jti").error().detail.find("by others") != std::string::npos);
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
        CPPUNIT_ASSERT(isNew(*storage, "jti"));
        storage = bed_.reopen(std::move(storage));
        using std::filesystem::perms;
        const auto byGroup = perms::owner_all | perms::group_all;
        std::filesystem::permissions(folder, byGroup);
        CPPUNIT_ASSERT(mark(*storage, "other").error().detail.find("by others") !=
                       std::string::npos);
        std::filesystem::permissions(bed_.folder, byGroup);  // a volume of the group's
        CPPUNIT_ASSERT(isNew(*storage, "other"));
        const auto mode = std::filesystem::status(folder + "/" + theFile()).permissions();
        CPPUNIT_ASSERT(mode ==
                       (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    }

    void theyLieBesideTheFileThatALinkLeadsTo() {
        bed_.make()->stop();
        const auto link = bed_.folder + "/link.db";
        std::filesystem::create_symlink(bed_.path, link);
        const auto file = std::exchange(bed_.path, link);
        CPPUNIT_ASSERT(isNew(*bed_.make(), "jti"));
        bed_.path = file;
        CPPUNIT_ASSERT(!isNew(*bed_.make(), "jti"));
    }

    void thereAreOnlySoMany() {
        MarkFolder folder(bed_.path + "-marks", bed_.clock(), 2);
        const auto once = [&](unsigned char first) {
            return folder.once(Mark{first}, until_, bed_.clock().now(), milliseconds{0});
        };
        CPPUNIT_ASSERT(*once(1) && *once(2));
        CPPUNIT_ASSERT(once(3).error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(!*once(1) && !*once(2));
        bed_.clock().advance(std::chrono::minutes{2});
        until_ += std::chrono::minutes{2};
        CPPUNIT_ASSERT(*once(3));
    }

private:
    static constexpr const char* anotherStart = "1700000000000 of-another-machine 0\n";

    Result<bool> mark(Storage& storage, const std::string& key, const char* kind = "replay",
                      std::optional<TimePoint> earliest = {}) const {
        return capabilityOf<ReplayMarks>(storage)->once(
            context_, kind, key, until_, earliest.value_or(bed_.host.fakeClock.now()));
    }
    bool isNew(Storage& storage, const std::string& key) const {
        const auto made = mark(storage, key);
        CPPUNIT_ASSERT_MESSAGE(made ? "" : made.error().detail, made);
        return *made;
    }
    /// The only one beside `run`, by its name.
    std::string theFile() const {
        std::string name;
        for (const auto& entry : std::filesystem::directory_iterator(bed_.path + "-marks")) {
            if (entry.path().filename() != "run") {
                CPPUNIT_ASSERT_EQUAL(std::string(), name);
                name = entry.path().filename();
            }
        }
        return name;
    }
    std::string textOf(const std::string& name) const {
        std::ifstream file(bed_.path + "-marks/" + name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(bed_.path + "-marks/" + name, std::ios::binary) << text;
    }

    mutable SqliteBed bed_;
    testkit::FakeContext context_;
    TimePoint until_ = bed_.clock().now() + std::chrono::seconds{91};
};

CPPUNIT_TEST_SUITE_REGISTRATION(SqliteMarksTest);

}  // namespace gatehouse
