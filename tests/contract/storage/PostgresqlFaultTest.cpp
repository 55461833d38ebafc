// SPDX-License-Identifier: Apache-2.0
#include "PostgresqlCase.h"
#include "TcpProxy.h"

#include <atomic>
#include <filesystem>
#include <mutex>

namespace gatehouse {

class PostgresqlFaultTest : public PostgresqlCase {
    CPPUNIT_TEST_SUITE(PostgresqlFaultTest);
    CPPUNIT_TEST(nothingAcknowledgedIsLostWhenTheServerIsKilled);
    CPPUNIT_TEST(aRestartIsNoticedByNobodyWhoAsksAfterwards);
    CPPUNIT_TEST(aServerThatIsAwayIsUnavailableUntilItIsBack);
    CPPUNIT_TEST(sessionsThatWereEndedAreReplaced);
    CPPUNIT_TEST(aBatchWhoseAnswerIsLostIsNotAppliedAgain);
    CPPUNIT_TEST(aFrozenServerIsUnavailableAtTheDeadline);
    CPPUNIT_TEST(aPeerThatIsSilentWhileConnectingIsUnavailable);
    CPPUNIT_TEST(sessionsThatWentSilentTogetherAreGivenUpTogether);
    CPPUNIT_TEST(whileTheServerIsSilentOneTriesAndTheOthersAreTold);
    CPPUNIT_TEST(brokenSessionsLeaveNothingOpen);
    CPPUNIT_TEST(aReadOnlyServerIsReadFromAndUnavailableForWriting);
    CPPUNIT_TEST(tooManyConnectionsAreUnavailableUntilThereIsRoom);
    CPPUNIT_TEST(whatTheServerRunsOutOfIsUnavailable);
    CPPUNIT_TEST(aCommitThatFailsBehindItsRowsIsNoSuccess);
    CPPUNIT_TEST(aLockHeldByAnotherProgramIsWaitedForUntilTheLimit);
    CPPUNIT_TEST(aRoleThatCommitsLazilyCommitsHereAllTheSame);
    CPPUNIT_TEST(theNextServerIsTakenWhenOneIsGone);
    CPPUNIT_TEST(theNextServerIsTakenWhenOneIsSilent);
    CPPUNIT_TEST(theNextServerIsTakenWhenASilentOneUsesUpTheTime);
    CPPUNIT_TEST(aReadOnlyServerIsPassedOverWhenThereAreSeveral);
    CPPUNIT_TEST(aStoppedStorageIsUnavailable);
    CPPUNIT_TEST_SUITE_END();

public:
    void nothingAcknowledgedIsLostWhenTheServerIsKilled() {
        const auto storage = bed_.make();
        std::mutex mutex;
        std::vector<std::string> acknowledged;
        std::atomic<bool> isKilled{false};
        together(5, [&](int thread) {
            for (int number = 0; thread > 0 && !isKilled; ++number) {
                const std::string key = std::to_string(thread) + "." + std::to_string(number);
                if (isApplied(put(*storage, key))) {
                    const std::lock_guard<std::mutex> lock(mutex);
                    acknowledged.push_back(key);
                }
            }
            while (thread == 0 && !isKilled) {
                std::unique_lock<std::mutex> lock(mutex);
                const bool isEnough = acknowledged.size() >= 300;
                lock.unlock();
                if (isEnough) {
                    bed_.server.tell("kill");
                    isKilled = true;
                }
            }
        });
        assertUnavailable(put(*storage, "away"));
        bed_.server.tell("start");
        recovers(*storage);
        for (const auto& key : acknowledged) {
            CPPUNIT_ASSERT_MESSAGE(key, exists(*storage, key));
        }
    }

    void aRestartIsNoticedByNobodyWhoAsksAfterwards() {
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "before"));
        bed_.server.tell("stop");
        bed_.server.tell("start");
        CPPUNIT_ASSERT(exists(*storage, "before"));
        CPPUNIT_ASSERT(applied(*storage, "after"));
    }

    void aServerThatIsAwayIsUnavailableUntilItIsBack() {
        const auto storage = bed_.make();
        bed_.server.tell("stop");
        assertUnavailable(put(*storage, "a"));
        assertUnavailable(storage->find(context_, "session", "a"));
        assertUnavailable(storage->list(context_, "session", {}, {}, 10));
        assertUnavailable(storage->count(context_, "a", seconds{1}));
        assertUnavailable(storage->changesSince(context_, 0));
        assertUnavailable(storage->dropExpired(context_, bed_.clock().now(), 1));
        bed_.server.tell("start");
        recovers(*storage);
        CPPUNIT_ASSERT(!exists(*storage, "a"));
    }

    void sessionsThatWereEndedAreReplaced() {
        endSessions();  // of the case before
        const auto storage = bed_.make();
        for (int time = 0; time < 5; ++time) {
            CPPUNIT_ASSERT(applied(*storage, "a"));
            CPPUNIT_ASSERT_EQUAL(std::string("1"), endSessions());
            CPPUNIT_ASSERT(exists(*storage, "a"));
            endSessions();
        }
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, find(*storage, "a")->version);
    }

    void aBatchWhoseAnswerIsLostIsNotAppliedAgain() {
        TcpProxy proxy(bed_.server.port());
        const auto storage = bed_.make(bed_.server.urlThrough(proxy.port()));
        CPPUNIT_ASSERT(applied(*storage, "a"));
        proxy.set(TcpProxy::Mode::swallowsAnswers);
        assertUnknown(put(*storage, "a"));
        proxy.set(TcpProxy::Mode::passes);
        recovers(*storage);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, find(*storage, "a")->version);
    }

    void aFrozenServerIsUnavailableAtTheDeadline() {
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "before"));
        testkit::FakeContext hurried;
        hurried.deadline = bed_.clock().steady() + milliseconds{200};
        bed_.server.tell("freeze");
        // The first on the session that is there, the others on new ones.
        for (int time = 0; time < 3; ++time) {
            assertUnanswered(storage->apply(hurried, {putting("a"), putting("b")}));
            assertUnavailable(storage->find(hurried, "session", "before"));
        }
        bed_.server.tell("thaw");
        recovers(*storage);
        CPPUNIT_ASSERT(exists(*storage, "before"));
    }

    void aPeerThatIsSilentWhileConnectingIsUnavailable() {
        TcpProxy proxy(bed_.server.port());
        const auto storage = bed_.make(bed_.server.urlThrough(proxy.port()));
        proxy.cut();
        proxy.set(TcpProxy::Mode::isSilent);
        testkit::FakeContext hurried;
        hurried.deadline = bed_.clock().steady() + milliseconds{200};
        assertUnavailable(storage->find(hurried, "session", "a"));
        proxy.set(TcpProxy::Mode::passes);
        recovers(*storage);
    }

    void sessionsThatWentSilentTogetherAreGivenUpTogether() {
        TcpProxy proxy(bed_.server.port());
        const auto storage = bed_.make(bed_.server.urlThrough(proxy.port()), "3s");
        CPPUNIT_ASSERT(applied(*storage, "a"));
        openSessions(*storage, 4);
        proxy.strand();
        assertUnavailable(storage->find(context_, "session", "a"));
        CPPUNIT_ASSERT(exists(*storage, "a"));
        CPPUNIT_ASSERT(applied(*storage, "a"));
    }

    void whileTheServerIsSilentOneTriesAndTheOthersAreTold() {
        TcpProxy proxy(bed_.server.port());
        const auto storage = bed_.make(bed_.server.urlThrough(proxy.port()) + "?connect_timeout=2");
        proxy.set(TcpProxy::Mode::isSilent);
        proxy.cut();
        const int before = proxy.accepted();
        assertUnavailable(storage->find(context_, "session", "a"));
        CPPUNIT_ASSERT_EQUAL(before + 1, proxy.accepted());
        together(2, [&](int thread) {
            while (proxy.accepted() == before + 1) {
                if (thread == 0) {
                    assertUnavailable(storage->find(context_, "session", "a"));
                }
            }
            if (thread == 1) {
                assertUnavailable(storage->find(context_, "session", "a"));
                CPPUNIT_ASSERT_EQUAL(before + 2, proxy.accepted());
            }
        });
        proxy.set(TcpProxy::Mode::passes);
        recovers(*storage);
    }

    void brokenSessionsLeaveNothingOpen() {
        TcpProxy proxy(bed_.server.port());
        const auto storage = bed_.make(bed_.server.urlThrough(proxy.port()));
        const auto cutAndRecover = [&] {
            proxy.set(TcpProxy::Mode::swallowsAnswers);
            assertUnknown(put(*storage, "a"));
            proxy.set(TcpProxy::Mode::passes);
            recovers(*storage);
        };
        cutAndRecover();
        const auto before = openFiles();
        for (int time = 0; time < 10; ++time) {
            cutAndRecover();
        }
        CPPUNIT_ASSERT(openFiles() <= before + 2);
    }

    void aReadOnlyServerIsReadFromAndUnavailableForWriting() {
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "before"));
        setReadOnly(true);
        assertUnavailable(put(*storage, "a"));
        CPPUNIT_ASSERT(exists(*storage, "before"));
        setReadOnly(false);
        recovers(*storage);
        CPPUNIT_ASSERT(!exists(*storage, "a"));
    }

    void tooManyConnectionsAreUnavailableUntilThereIsRoom() {
        const auto storage = bed_.make();
        asSuperuser("ALTER ROLE gatehouse CONNECTION LIMIT 0");
        asSuperuser("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    " WHERE usename = 'gatehouse'");
        assertUnavailable(put(*storage, "a"));
        asSuperuser("ALTER ROLE gatehouse CONNECTION LIMIT -1");
        recovers(*storage);
    }

    void whatTheServerRunsOutOfIsUnavailable() {
        const auto storage = bed_.make();
        for (const char* condition :
             {"disk_full", "out_of_memory", "too_many_connections", "read_only_sql_transaction",
              "io_error", "query_canceled", "admin_shutdown", "lock_not_available"}) {
            failWith(condition, "");
            assertUnavailable(put(*storage, condition));
            stopFailing();
            CPPUNIT_ASSERT(!exists(*storage, condition));
            CPPUNIT_ASSERT(applied(*storage, "after"));
        }
        failWith("division_by_zero", "");
        const auto wrong = put(*storage, "a");
        CPPUNIT_ASSERT(!wrong && wrong.error().fault == Fault::internal);
        CPPUNIT_ASSERT_MESSAGE(wrong.error().detail, contains(wrong.error().detail, "22012"));
        stopFailing();
    }

    void aCommitThatFailsBehindItsRowsIsNoSuccess() {
        const auto storage = bed_.make();
        failWith("disk_full", "DEFERRABLE INITIALLY DEFERRED");
        assertUnavailable(put(*storage, "a"));
        stopFailing();
        CPPUNIT_ASSERT(!exists(*storage, "a"));
        CPPUNIT_ASSERT(applied(*storage, "a"));
    }

    void aLockHeldByAnotherProgramIsWaitedForUntilTheLimit() {
        const auto storage = bed_.make(bed_.server.url(), "1s");
        CPPUNIT_ASSERT(applied(*storage, "a"));
        Connection other(serversOf(bed_.url())->front());
        other.execute("BEGIN", deadlineIn(seconds{30}));
        other.execute("SELECT * FROM gatehouse_records FOR UPDATE", deadlineIn(seconds{30}));
        assertUnanswered(put(*storage, "a"));
        CPPUNIT_ASSERT(applied(*storage, "b"));
        other.execute("COMMIT", deadlineIn(seconds{30}));
        CPPUNIT_ASSERT(applied(*storage, "a"));
    }

    void aRoleThatCommitsLazilyCommitsHereAllTheSame() {
        bed_.sql("ALTER ROLE gatehouse SET synchronous_commit = off");
        const auto storage = bed_.make();
        bed_.sql("ALTER ROLE gatehouse RESET synchronous_commit");
        failWith("raise_exception", "");
        const auto outcomes = put(*storage, "a");
        CPPUNIT_ASSERT(!outcomes);
        CPPUNIT_ASSERT_MESSAGE(outcomes.error().detail,
                               contains(outcomes.error().detail, "synchronous_commit is on"));
    }

    void theNextServerIsTakenWhenOneIsGone() {
        TcpProxy first(bed_.server.port());
        TcpProxy second(bed_.server.port());
        const auto storage = bed_.make(twoHosts(first, second));
        CPPUNIT_ASSERT(applied(*storage, "a"));
        CPPUNIT_ASSERT_EQUAL(0, second.roundTrips());
        first.set(TcpProxy::Mode::refuses);
        first.cut();
        recovers(*storage);
        CPPUNIT_ASSERT(exists(*storage, "a"));
        CPPUNIT_ASSERT(second.roundTrips() > 0);
    }

    void theNextServerIsTakenWhenOneIsSilent() {
        TcpProxy first(bed_.server.port());
        TcpProxy second(bed_.server.port());
        const auto storage = bed_.make(twoHosts(first, second) + "?connect_timeout=1");
        first.set(TcpProxy::Mode::isSilent);
        first.cut();
        recovers(*storage);
        CPPUNIT_ASSERT(second.roundTrips() > 0);
    }

    void theNextServerIsTakenWhenASilentOneUsesUpTheTime() {
        TcpProxy first(bed_.server.port());
        TcpProxy second(bed_.server.port());
        const auto storage = bed_.make(twoHosts(first, second), "300ms");
        first.set(TcpProxy::Mode::isSilent);
        first.cut();
        recovers(*storage);
        CPPUNIT_ASSERT(second.roundTrips() > 0);
    }

    void aReadOnlyServerIsPassedOverWhenThereAreSeveral() {
        TcpProxy first(bed_.server.port());
        TcpProxy second(bed_.server.port());
        const auto storage = bed_.make(twoHosts(first, second));
        setReadOnly(true);
        assertUnavailable(storage->find(context_, "session", "a"));
        setReadOnly(false);
        recovers(*storage);
        CPPUNIT_ASSERT(second.roundTrips() > 0);
    }

    void aStoppedStorageIsUnavailable() {
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "a"));
        storage->stop();
        assertUnavailable(put(*storage, "b"));
        assertUnavailable(storage->find(context_, "session", "a"));
    }

private:
    static bool isApplied(const Result<std::vector<Outcome>>& outcomes) {
        return outcomes && outcomes->front().applied();
    }
    /// All of them idle afterwards.
    void openSessions(Storage& storage, int count) {
        while (!opensSessions(storage, count)) {
        }
    }
    /// False when one of them took too long.
    bool opensSessions(Storage& storage, int count) {
        std::atomic<int> failed{0};
        Connection other(serversOf(bed_.url())->front());
        other.execute("BEGIN", deadlineIn(seconds{30}));
        other.execute("SELECT * FROM gatehouse_records FOR UPDATE", deadlineIn(seconds{30}));
        together(count + 1, [&](int thread) {
            if (thread < count) {
                failed += isApplied(put(storage, "a")) ? 0 : 1;
                return;
            }
            const std::string waiting =
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
            while (failed == 0 && bed_.sql(waiting) != std::to_string(count)) {
            }
            other.execute("COMMIT", deadlineIn(seconds{30}));
        });
        return failed == 0;
    }
    static std::ptrdiff_t openFiles() {
        const std::filesystem::directory_iterator files("/proc/self/fd");
        return std::distance(begin(files), end(files));
    }
    std::string twoHosts(const TcpProxy& first, const TcpProxy& second) const {
        const std::string url = bed_.server.urlThrough(first.port());
        const std::size_t slash = url.rfind('/');
        return url.substr(0, slash) + ",127.0.0.1:" + std::to_string(second.port()) +
               url.substr(slash);
    }
    void setReadOnly(bool isReadOnly) {
        const std::string setting = isReadOnly ? "on" : "off";
        bed_.sql("SET default_transaction_read_only = off; BEGIN READ WRITE; ALTER ROLE gatehouse "
                 "SET default_transaction_read_only = " +
                 setting + "; COMMIT");
        endSessions();
    }
    /// From now on, writing a record fails so.
    void failWith(const std::string& condition, const std::string& when) {
        bed_.sql("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE " +
                 condition +
                 " USING MESSAGE = 'synchronous_commit is ' || "
                 "current_setting('synchronous_commit'); END $$;"
                 "CREATE CONSTRAINT TRIGGER fail AFTER INSERT OR UPDATE ON gatehouse_records " +
                 when + " FOR EACH ROW EXECUTE FUNCTION fail()");
    }
    void stopFailing() { bed_.sql("DROP FUNCTION fail() CASCADE"); }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PostgresqlFaultTest);

}  // namespace gatehouse
