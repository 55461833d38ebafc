// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "SqliteBed.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

namespace gatehouse {

/// What was acknowledged before `kill -9` is there afterwards.
class SqliteKillTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SqliteKillTest);
    CPPUNIT_TEST(nothingAcknowledgedIsLostByAKill);
    CPPUNIT_TEST_SUITE_END();

public:
    void nothingAcknowledgedIsLostByAKill() {
        for (std::size_t kill = 1; kill <= 3; ++kill) {
            const auto acknowledged = writeUntilKilled(std::to_string(kill), 300 * kill);
            CPPUNIT_ASSERT(acknowledged.size() >= 300 * kill);
            const auto storage = bed_.make();
            for (const auto& key : acknowledged) {
                const auto found = storage->find(context_, "session", key);
                CPPUNIT_ASSERT_MESSAGE(key + " is lost", found && *found);
                CPPUNIT_ASSERT_EQUAL(key, (*found)->payload);
            }
            storage->stop();
        }
    }

private:
    /// Starts a writer, kills it in the middle of its work once so many writes were acknowledged.
    std::vector<std::string> writeUntilKilled(const std::string& prefix, std::size_t wanted) {
        int ends[2];
        CPPUNIT_ASSERT_EQUAL(0, ::pipe(ends));
        const pid_t child = ::fork();
        if (child == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::close(ends[0]);
            ::close(ends[1]);
            ::execl(STORAGE_WRITER, STORAGE_WRITER, bed_.path.c_str(), prefix.c_str(), nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        std::vector<std::string> acknowledged;
        FILE* lines = ::fdopen(ends[0], "r");
        char line[64];
        while (std::fgets(line, sizeof line, lines) != nullptr) {
            std::string key = line;
            if (key.back() != '\n') {
                break;
            }
            key.pop_back();
            acknowledged.push_back(key);
            if (acknowledged.size() == wanted) {
                ::kill(child, SIGKILL);
            }
        }
        std::fclose(lines);
        int status = 0;
        ::waitpid(child, &status, 0);
        CPPUNIT_ASSERT(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        return acknowledged;
    }

    SqliteBed bed_;
    testkit::FakeContext context_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(SqliteKillTest);

}  // namespace gatehouse
