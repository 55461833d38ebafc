// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/Together.h>

#include "PostgresqlBed.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

using testkit::together;

/// What the cases about PostgreSQL itself have in common.
class PostgresqlCase : public CppUnit::TestFixture {
protected:
    static Record record(const std::string& key, const std::string& payload = "{}") {
        Record made;
        made.kind = "session";
        made.key = key;
        made.payload = payload;
        return made;
    }
    static Batch putting(const std::string& key, const std::string& payload = "{}") {
        Batch batch;
        batch.puts.push_back(record(key, payload));
        return batch;
    }
    static Batch expecting(Expect::State state, const std::string& key, std::uint64_t version = 0) {
        Batch batch;
        batch.expects.push_back({"session", key, state, version});
        return batch;
    }
    static bool contains(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    template <class Answer> static bool isUnavailable(const Answer& answer) {
        return !answer && answer.error().fault == Fault::unavailable;
    }
    template <class Answer> static void assertUnavailable(const Answer& answer) {
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT_MESSAGE(answer.error().detail, answer.error().fault == Fault::unavailable);
    }
    /// A call was under way when its answer failed to come.
    template <class Answer> static void assertUnknown(const Answer& answer) {
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT_MESSAGE(answer.error().detail, answer.error().fault == Fault::unknown);
    }
    template <class Answer> static void assertUnanswered(const Answer& answer) {
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT_MESSAGE(answer.error().detail,
                               isUnavailable(answer) || answer.error().fault == Fault::unknown);
    }
    Result<std::vector<Outcome>> put(Storage& storage, const std::string& key) {
        return storage.apply(context_, {putting(key)});
    }
    bool applied(Storage& storage, const std::string& key) {
        const auto outcomes = put(storage, key);
        CPPUNIT_ASSERT_MESSAGE(outcomes ? "" : outcomes.error().detail, bool(outcomes));
        return outcomes->front().applied();
    }
    std::optional<Record> find(Storage& storage, const std::string& key) {
        const auto found = storage.find(context_, "session", key);
        CPPUNIT_ASSERT_MESSAGE(found ? "" : found.error().detail, bool(found));
        return *found;
    }
    bool exists(Storage& storage, const std::string& key) { return find(storage, key).has_value(); }
    /// Writes until it works, as users do who are told to come again.
    void recovers(Storage& storage) {
        while (true) {
            const auto outcomes = put(storage, "after");
            if (outcomes) {
                break;
            }
            assertUnanswered(outcomes);
            std::this_thread::yield();
        }
        CPPUNIT_ASSERT(exists(storage, "after"));
    }
    /// Ends every session of a storage; how many there were.
    std::string endSessions() {
        return bed_.sql("SELECT count(pg_terminate_backend(pid, 10000))" +
                        std::string(PostgresqlBed::sessions));
    }

    void asSuperuser(const std::string& text) {
        std::string url = bed_.server.url();
        url.replace(url.find("gatehouse"), 9, "postgres");
        Connection connection(serversOf(url)->front());
        connection.execute(text, deadlineIn(seconds{30}));
    }

    PostgresqlBed bed_;
    testkit::FakeContext context_;
};

}  // namespace gatehouse
