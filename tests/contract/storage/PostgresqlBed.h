// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "Connection.h"
#include "PostgresqlStorage.h"
#include "PrivatePostgres.h"

#include <cppunit/TestAssert.h>

#include <atomic>
#include <memory>
#include <string>

namespace gatehouse {

/// A schema of its own in the shared server.
struct PostgresqlBed {
    static constexpr bool survivesReopen = true;
    /// Where the sessions of storages are found, this one's user being theirs.
    static constexpr const char* sessions =
        " FROM pg_stat_activity WHERE usename = current_user AND application_name <> 'bed'";

    PostgresqlBed() : PostgresqlBed(sharedPostgres()) {}
    explicit PostgresqlBed(PrivatePostgres& postgres) : server(postgres) {
        static std::atomic<int> last{0};
        schema = "bed" + std::to_string(++last);
        sql("CREATE SCHEMA " + schema);
    }
    PostgresqlBed(const PostgresqlBed&) = delete;
    PostgresqlBed& operator=(const PostgresqlBed&) = delete;
    ~PostgresqlBed() {
        try {
            sql("DROP SCHEMA " + schema + " CASCADE");
        } catch (const std::exception&) {  // a case left its server dead; it goes away as a whole
        }
    }

    testkit::FakeClock& clock() { return host.fakeClock; }
    std::string url() const { return inSchema(server.url()); }
    /// The URL with this bed's schema.
    std::string inSchema(const std::string& base) const {
        const char* separator = base.find('?') == std::string::npos ? "?" : "&";
        return base + separator + "options=-csearch_path%3D" + schema;
    }
    std::unique_ptr<PostgresqlStorage> unstarted(const std::string& base,
                                                 const char* timeout = "5s") {
        auto storage = std::make_unique<PostgresqlStorage>();
        const Status configured = storage->configure(
            testkit::FakeConfig{{"url", base}, {"connections", 8}, {"statement_timeout", timeout}},
            host);
        CPPUNIT_ASSERT_MESSAGE(configured ? "" : configured.error().detail, bool(configured));
        return storage;
    }
    std::unique_ptr<Storage> make() { return start(unstarted(url())); }
    std::unique_ptr<Storage> make(const std::string& base, const char* timeout = "5s") {
        return start(unstarted(inSchema(base), timeout));
    }
    std::unique_ptr<Storage> reopen(std::unique_ptr<Storage> old) {
        old->stop();
        old.reset();
        return make();
    }
    /// As another program would; the first field of the answer. Its session may be there for a
    /// while after it was closed, so it has a name.
    std::string sql(const std::string& text) {
        const std::string named = url() + "&application_name=bed";
        Connection connection(serversOf(named)->front());
        const Rows rows = connection.execute(text, deadlineIn(seconds{30}));
        return rows.size() == 0 ? "" : std::string(rows.bytes(0, 0));
    }

    testkit::FakeHost host;
    PrivatePostgres& server;
    std::string schema;

private:
    static std::unique_ptr<Storage> start(std::unique_ptr<PostgresqlStorage> storage) {
        const Status started = storage->start();
        CPPUNIT_ASSERT_MESSAGE(started ? "" : started.error().detail, bool(started));
        return storage;
    }
};

}  // namespace gatehouse
