// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/StorageMaintenance.h>

#include "Migrator.h"
#include "PostgresqlCase.h"

#include <cstdlib>
#include <filesystem>

namespace gatehouse {

/// What is in the database, and how one gets there.
class PostgresqlSchemaTest : public PostgresqlCase {
    CPPUNIT_TEST_SUITE(PostgresqlSchemaTest);
    CPPUNIT_TEST(migrationsGoForwardAndBack);
    CPPUNIT_TEST(migrationsAreShownAndTheFirstStays);
    CPPUNIT_TEST(everythingIsSeenPageByPage);
    CPPUNIT_TEST(nodesThatStartTogetherMakeOneSchema);
    CPPUNIT_TEST(aNewerSchemaIsServedAsLongAsItAllows);
    CPPUNIT_TEST(aNodeServesOnWhileTheNextVersionAddsColumns);
    CPPUNIT_TEST(stepsOfANewerVersionAreShownAndLeftAlone);
    CPPUNIT_TEST(whoeverMigratesMeanwhileIsNamedAndWaitedFor);
    CPPUNIT_TEST(whoeverMigratesForTooLongIsNamed);
    CPPUNIT_TEST(whoeverHoldsATableIsNamedAndNobodyQueuesBehind);
    CPPUNIT_TEST(aRoleThatMayOnlyWriteRecordsCanServe);
    CPPUNIT_TEST(recordsAreReadWithSql);
    CPPUNIT_TEST(linksFollowWhatIsDoneWithSql);
    CPPUNIT_TEST(aServerThatIsAwayAtTheStartIsNamed);
    CPPUNIT_TEST(aWrongPasswordIsNeverShown);
    CPPUNIT_TEST_SUITE_END();

public:
    void migrationsGoForwardAndBack() {
        Connection connection(serversOf(bed_.url())->front());
        Migrator migrator(connection, bed_.host.fakeLog);
        CPPUNIT_ASSERT_EQUAL(0, migrator.state().number);
        CPPUNIT_ASSERT_EQUAL(schemaSteps().size(),
                             migrator.up(schemaSteps().back().number, soon()).size());
        const std::string before = objects();
        CPPUNIT_ASSERT_EQUAL(schemaSteps().back().number, migrator.state().number);
        CPPUNIT_ASSERT(migrator.up(schemaSteps().back().number, soon()).empty());
        migrator.down(0, soon());
        CPPUNIT_ASSERT_EQUAL(0, migrator.state().number);
        CPPUNIT_ASSERT_EQUAL(std::string("gatehouse_schema gatehouse_schema_pkey"), objects());
        migrator.up(schemaSteps().back().number, soon());
        CPPUNIT_ASSERT_EQUAL(before, objects());
        CPPUNIT_ASSERT(applied(*bed_.make(), "a"));
    }

    void migrationsAreShownAndTheFirstStays() {
        const auto unstarted = bed_.unstarted(bed_.url());
        auto& maintenance = *unstarted->maintenance();
        CPPUNIT_ASSERT(!maintenance.migrations()->front().isApplied);
        CPPUNIT_ASSERT(bool(maintenance.migrateTo(1)));
        CPPUNIT_ASSERT(maintenance.migrations()->front().isApplied);
        const auto storage = bed_.make();
        CPPUNIT_ASSERT(applied(*storage, "a"));
        for (const int number : {0, 99}) {
            CPPUNIT_ASSERT(!storage->maintenance()->migrateTo(number));
        }
        CPPUNIT_ASSERT(exists(*storage, "a"));
        CPPUNIT_ASSERT(contains(storage->maintenance()->backUp("x").error().detail, "pg_dump"));
    }

    void everythingIsSeenPageByPage() {
        const auto storage = bed_.make();
        for (const auto* key : {"a", "b", "c", "d", "e"}) {
            CPPUNIT_ASSERT(applied(*storage, key));
        }
        for (const std::size_t limit : {1U, 2U, 5U, 9U}) {
            std::string keys;
            RecordKey after;
            for (std::size_t size = limit; size == limit;) {
                const auto page = storage->maintenance()->everything(after, limit);
                CPPUNIT_ASSERT(page);
                for (const auto& record : *page) {
                    keys += record.key;
                    after = {record.kind, record.key};
                }
                size = page->size();
            }
            CPPUNIT_ASSERT_EQUAL(std::string("abcde"), keys);
        }
    }

    void nodesThatStartTogetherMakeOneSchema() {
        together(6, [&](int) {
            const auto storage = bed_.unstarted(bed_.url());
            auto started = storage->start();
            // On a busy machine the others may take longer than one start waits for them.
            for (int tries = 1; !started && started.error().isTemporary() && tries < 10; ++tries) {
                started = storage->start();
            }
            CPPUNIT_ASSERT_MESSAGE(started ? "" : started.error().detail, bool(started));
        });
        CPPUNIT_ASSERT_EQUAL(std::to_string(schemaSteps().size()),
                             bed_.sql("SELECT count(*) FROM gatehouse_schema"));
    }

    void aNewerSchemaIsServedAsLongAsItAllows() {
        bed_.make();
        bed_.sql("INSERT INTO gatehouse_schema VALUES (98, 'expanded', 1)");
        CPPUNIT_ASSERT(applied(*bed_.make(), "a"));
        bed_.sql("INSERT INTO gatehouse_schema VALUES (99, 'contracted', 98)");
        const Status status = bed_.unstarted(bed_.url())->start();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(contains(status.error().detail, "newer version"));
        CPPUNIT_ASSERT(contains(status.error().detail, "gatehouse migrate down --to 98"));
    }

    void aNodeServesOnWhileTheNextVersionAddsColumns() {
        const auto storage = bed_.make();
        const auto works = [&](const std::string& key) {
            CPPUNIT_ASSERT(applied(*storage, key));
            CPPUNIT_ASSERT(!storage->apply(context_, {expecting(Expect::State::absent, key)})
                                ->front()
                                .applied());
            CPPUNIT_ASSERT(exists(*storage, key));
            CPPUNIT_ASSERT(!storage->list(context_, "session", {}, "", 9)->records.empty());
            CPPUNIT_ASSERT(bool(storage->list(context_, "session", {"subject", "u1"}, "", 9)));
            CPPUNIT_ASSERT(!storage->maintenance()->everything({}, 9)->empty());
            CPPUNIT_ASSERT(bool(storage->changesSince(context_, 0)));
            CPPUNIT_ASSERT(bool(storage->count(context_, key, seconds{1})));
            CPPUNIT_ASSERT(bool(storage->dropExpired(context_, bed_.clock().now(), 9)));
        };
        works("before");
        for (const std::string table : {"records", "links", "notices", "counters"}) {
            bed_.sql("ALTER TABLE gatehouse_" + table + " ADD COLUMN note text DEFAULT 'later'");
        }
        works("after");
    }

    void stepsOfANewerVersionAreShownAndLeftAlone() {
        const auto storage = bed_.make();
        const int known = schemaSteps().back().number;
        const std::string later = std::to_string(known + 1);
        bed_.sql("INSERT INTO gatehouse_schema VALUES (" + later + ", 'expanded', 1)");
        const auto shown = storage->maintenance()->migrations();
        CPPUNIT_ASSERT_EQUAL(schemaSteps().size() + 1, shown->size());
        CPPUNIT_ASSERT_EQUAL(std::string("expanded"), shown->back().name);
        CPPUNIT_ASSERT(shown->back().isApplied);
        const Status status = storage->maintenance()->migrateTo(known);
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT_MESSAGE(status.error().detail,
                               contains(status.error().detail, later + " (expanded)"));
        CPPUNIT_ASSERT_EQUAL(later, bed_.sql("SELECT max(number) FROM gatehouse_schema"));
    }

    void whoeverMigratesMeanwhileIsNamedAndWaitedFor() {
        auto holder = std::make_unique<Connection>(serverOfHolder());
        const std::string pid = hold(*holder, "SELECT pg_advisory_lock(1195463749, 2)");
        std::thread releasing([&] {
            while (!bed_.host.fakeLog.says("process " + pid)) {
                std::this_thread::yield();
            }
            holder.reset();
        });
        const auto storage = bed_.make();
        releasing.join();
        CPPUNIT_ASSERT(bed_.host.fakeLog.says("by-hand"));
        CPPUNIT_ASSERT(bed_.host.fakeLog.says("127.0.0.1"));
        CPPUNIT_ASSERT(applied(*storage, "a"));
    }

    void whoeverMigratesForTooLongIsNamed() {
        Connection holder(serverOfHolder());
        const std::string pid = hold(holder, "SELECT pg_advisory_lock(1195463749, 2)");
        assertBlockedBy(pid, [](Migrator& migrator, Deadline deadline) {
            migrator.up(schemaSteps().back().number, deadline);
        });
    }

    void whoeverHoldsATableIsNamedAndNobodyQueuesBehind() {
        const auto storage = bed_.make();
        Connection holder(serverOfHolder());
        const std::string pid = hold(holder, "BEGIN; SELECT count(*) FROM gatehouse_records");
        std::atomic<bool> isOver{false};
        std::thread serving([&] {
            while (!isOver) {
                CPPUNIT_ASSERT(applied(*storage, "a"));
            }
        });
        assertBlockedBy(pid,
                        [](Migrator& migrator, Deadline deadline) { migrator.down(0, deadline); });
        isOver = true;
        serving.join();
        CPPUNIT_ASSERT_EQUAL(std::to_string(schemaSteps().size()),
                             bed_.sql("SELECT count(*) FROM gatehouse_schema"));
    }

    void aRoleThatMayOnlyWriteRecordsCanServe() {
        bed_.make();
        bed_.sql("CREATE TABLE made_by_hand (n int)");
        std::string url = bed_.server.url();
        url.replace(url.find("gatehouse"), 9, "postgres");
        Connection superuser(serversOf(url)->front());
        superuser.execute("DROP ROLE IF EXISTS writer; CREATE ROLE writer LOGIN PASSWORD "
                          "'p@ss/word:%'; GRANT USAGE ON SCHEMA " +
                              bed_.schema +
                              " TO writer; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN "
                              "SCHEMA " +
                              bed_.schema + " TO writer",
                          soon());
        url = bed_.server.url();
        url.replace(url.find("gatehouse"), 9, "writer");
        const auto storage = bed_.make(url);
        Batch batch = putting("a");
        batch.notices.push_back({"client", "c1", 1, never});
        CPPUNIT_ASSERT(bool(storage->apply(context_, {batch})));
        CPPUNIT_ASSERT(exists(*storage, "a"));
        storage->stop();
        superuser.execute("DROP OWNED BY writer; DROP ROLE writer", soon());
    }

    void recordsAreReadWithSql() {
        const auto storage = bed_.make();
        Batch batch;
        for (const char* payload :
             {R"({"scope":"openid","n":1})", "{\"nul\":\"\\u0000\"}", "\xff\xfe", "", "[[[[["}) {
            batch.puts.push_back(record("k" + std::to_string(batch.puts.size()), payload));
        }
        batch.puts[0].links = {{"subject", "u1"}, {"client", std::string("c\0\xff", 3)}};
        batch.puts[0].expires = fromSeconds(1767225600);
        batch.puts.push_back(record("deep", std::string(100000, '[')));
        CPPUNIT_ASSERT(bool(storage->apply(context_, {batch})));
        const std::string view = " FROM gatehouse_readable WHERE key = 'k0'";
        CPPUNIT_ASSERT_EQUAL(std::string("openid"), bed_.sql("SELECT payload->>'scope'" + view));
        CPPUNIT_ASSERT_EQUAL(std::string("u1"), bed_.sql("SELECT links->>'subject'" + view));
        CPPUNIT_ASSERT_EQUAL(std::string("c\\000\\377"),
                             bed_.sql("SELECT links->>'client'" + view));
        CPPUNIT_ASSERT_EQUAL(
            std::string("2026"),
            bed_.sql("SELECT extract(year FROM expires at time zone 'UTC')" + view));
        CPPUNIT_ASSERT_EQUAL(
            std::string("5"),
            bed_.sql("SELECT count(*) FROM gatehouse_readable WHERE payload IS NULL"));
    }

    void linksFollowWhatIsDoneWithSql() {
        const auto storage = bed_.make();
        Batch batch = putting("a");
        batch.puts[0].links = {{"subject", "u1"}};
        CPPUNIT_ASSERT(bool(storage->apply(context_, {batch})));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), bed_.sql("SELECT count(*) FROM gatehouse_links"));
        bed_.sql("DELETE FROM gatehouse_records");
        CPPUNIT_ASSERT_EQUAL(std::string("0"), bed_.sql("SELECT count(*) FROM gatehouse_links"));
    }

    void aServerThatIsAwayAtTheStartIsNamed() {
        const Status status =
            bed_.unstarted("postgresql://gatehouse:hidden@127.0.0.1:1/gatehouse")->start();
        CPPUNIT_ASSERT(isUnavailable(status));
        CPPUNIT_ASSERT_MESSAGE(status.error().detail, contains(status.error().detail, "127.0.0.1"));
        CPPUNIT_ASSERT(!contains(status.error().detail, "hidden"));
    }

    void aWrongPasswordIsNeverShown() {
        std::string url = bed_.server.url();
        url.replace(url.find("p%40ss"), 6, "not-it");
        const Status status = bed_.unstarted(url)->start();
        CPPUNIT_ASSERT(isUnavailable(status));
        CPPUNIT_ASSERT(contains(status.error().detail, "password authentication failed"));
        CPPUNIT_ASSERT(!contains(status.error().detail, "not-it"));
        for (const auto& line : bed_.host.fakeLog.lines()) {
            CPPUNIT_ASSERT(!contains(line.message, "not-it"));
        }
    }

private:
    static Deadline soon() { return deadlineIn(seconds{30}); }
    ServerAddress serverOfHolder() {
        return serversOf(bed_.url() + "&application_name=by-hand")->front();
    }
    /// Takes what `sql` locks; the process of the server that holds it.
    static std::string hold(Connection& holder, const std::string& sql) {
        holder.execute(sql, soon());
        return std::string(holder.execute("SELECT pg_backend_pid()", soon()).bytes(0, 0));
    }
    template <class Work> void assertBlockedBy(const std::string& pid, const Work& work) {
        Connection connection(serversOf(bed_.url())->front());
        Migrator migrator(connection, bed_.host.fakeLog);
        try {
            work(migrator, deadlineIn(seconds{3}));
            CPPUNIT_FAIL("nobody was in the way");
        } catch (const PostgresFailure& failure) {
            const std::string text = failure.what();
            CPPUNIT_ASSERT(failure.error().fault == Fault::unavailable);
            CPPUNIT_ASSERT_MESSAGE(text, contains(text, "process " + pid));
            CPPUNIT_ASSERT_MESSAGE(text, contains(text, "by-hand"));
            CPPUNIT_ASSERT_MESSAGE(text, contains(text, "127.0.0.1"));
        }
    }
    /// Names of all that is in the bed's schema.
    std::string objects() {
        return bed_.sql("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE "
                        "relnamespace = current_schema()::regnamespace AND relkind <> 'c'") +
               bed_.sql("SELECT string_agg(proname, ' ' ORDER BY proname) FROM pg_proc WHERE "
                        "pronamespace = current_schema()::regnamespace");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PostgresqlSchemaTest);

}  // namespace gatehouse
