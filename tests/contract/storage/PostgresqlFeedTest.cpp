// SPDX-License-Identifier: Apache-2.0
#include "PostgresqlCase.h"
#include "store/ChangeFeed.h"

namespace gatehouse {

/// What nodes hear of each other.
class PostgresqlFeedTest : public PostgresqlCase {
    CPPUNIT_TEST_SUITE(PostgresqlFeedTest);
    CPPUNIT_TEST(aNoticeWhoseCommitIsSlowIsHeard);
    CPPUNIT_TEST(noticesGoBesideWhatBringsNone);
    CPPUNIT_TEST(theServersTimeIsTold);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override {
        asSuperuser("ALTER SYSTEM RESET synchronous_standby_names");
        asSuperuser("SELECT pg_reload_conf()");
    }

    void aNoticeWhoseCommitIsSlowIsHeard() {
        const auto patient = bed_.make(bed_.server.url(), "1s");
        const auto hasty = bed_.unstarted(bed_.url() + "%20-csynchronous_commit%3Dlocal", "1s");
        CPPUNIT_ASSERT(bool(hasty->start()));
        const auto reader = bed_.make();
        ChangeFeed feed(*reader, bed_.host.fakeClock, bed_.host.fakeLog);
        std::string heard;
        feed.subscribe("revocation", [&](const Change& change) { heard += change.notice.key; });
        CPPUNIT_ASSERT(bool(feed.poll()));
        loseTheStandby();
        std::thread waiting([&] { notify(*patient, "a"); });
        waitFor("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'", "1");
        notify(*hasty, "b");
        notify(*hasty, "b");
        CPPUNIT_ASSERT(bool(feed.poll()));
        bed_.host.fakeClock.advance(seconds{15});
        CPPUNIT_ASSERT(bool(feed.poll()));
        tearDown();
        waiting.join();
        waitFor("SELECT count(*) FROM gatehouse_notices WHERE key = 'a'", "1");
        CPPUNIT_ASSERT(bool(feed.poll()));
        CPPUNIT_ASSERT_MESSAGE(heard, contains(heard, "a"));
        while (!notify(*hasty, "c")) {
        }
        CPPUNIT_ASSERT(bool(feed.poll()));
        CPPUNIT_ASSERT_MESSAGE(heard, contains(heard, "c"));
    }

    void noticesGoBesideWhatBringsNone() {
        const auto storage = bed_.make();
        Connection other(serversOf(bed_.url())->front());
        other.execute("BEGIN; SELECT pg_advisory_xact_lock(1195463750, 64)",
                      deadlineIn(seconds{30}));
        CPPUNIT_ASSERT(applied(*storage, "a"));
        other.execute("COMMIT", deadlineIn(seconds{30}));
        CPPUNIT_ASSERT(notify(*storage, "a"));
    }

    void theServersTimeIsTold() {
        const auto storage = bed_.make();
        const auto machine = [] {
            return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
        };
        const TimePoint before = machine();
        const auto there = storage->serverTime(context_);
        CPPUNIT_ASSERT(there && *there);
        CPPUNIT_ASSERT(before - milliseconds{1} <= **there &&
                       **there <= machine() + milliseconds{1});
    }

private:
    void loseTheStandby() {
        asSuperuser("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        asSuperuser("SELECT pg_reload_conf()");
        waitFor("SHOW synchronous_standby_names", "nobody");
    }
    void waitFor(const std::string& query, const std::string& answer) {
        while (bed_.sql(query) != answer) {
        }
    }
    bool notify(Storage& storage, const std::string& key) {
        Batch batch;
        batch.notices.push_back({"revocation", key, 1, never});
        return bool(storage.apply(context_, {batch}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PostgresqlFeedTest);

}  // namespace gatehouse
