// SPDX-License-Identifier: Apache-2.0
#include "RedisFailure.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class RedisFailureTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RedisFailureTest);
    CPPUNIT_TEST(whatMayPassIsUnavailable);
    CPPUNIT_TEST(whatNeedsSomebodyToActIsUnavailableToo);
    CPPUNIT_TEST(whatWeDidWrongIsInternal);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatMayPassIsUnavailable() {
        for (const char* message :
             {"LOADING Redis is loading the dataset in memory",
              "READONLY You can't write against a read only replica.",
              "OOM command not allowed when used memory > 'maxmemory'.",
              "MASTERDOWN Link with MASTER is down",
              "NOREPLICAS Not enough good replicas to write.",
              "MISCONF Redis is configured to save RDB snapshots", "BUSY Redis is busy",
              "CLUSTERDOWN Hash slot not served", "ERR max number of clients reached",
              "ERR Error running script (call to f_1): @user_script:9: @user_script: 9: -OOM "
              "command "
              "not allowed when used memory > 'maxmemory'."}) {
            const auto failure = RedisFailure::ofReply(message);
            CPPUNIT_ASSERT_MESSAGE(message, failure.cause() == RedisFailure::Cause::away);
            CPPUNIT_ASSERT(failure.error().fault == Fault::unavailable);
        }
    }

    void whatNeedsSomebodyToActIsUnavailableToo() {
        for (const char* message :
             {"WRONGPASS invalid username-password pair or user is disabled.",
              "NOAUTH Authentication required.",
              "NOPERM this user has no permissions to run the 'info' command"}) {
            const auto failure = RedisFailure::ofReply(message);
            CPPUNIT_ASSERT_MESSAGE(message, failure.cause() == RedisFailure::Cause::settings);
            CPPUNIT_ASSERT(failure.error().fault == Fault::unavailable);
            CPPUNIT_ASSERT_EQUAL(std::string(message), failure.error().detail);
        }
    }

    void whatWeDidWrongIsInternal() {
        for (const char* message :
             {"ERR unknown command 'FOO'", "ERR",
              "WRONGTYPE Operation against a key holding the wrong kind of value",
              "ERR Error running script (call to f_1): @user_script:9: attempt to index nil"}) {
            CPPUNIT_ASSERT_MESSAGE(message,
                                   RedisFailure::ofReply(message).error().fault == Fault::internal);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RedisFailureTest);

}  // namespace gatehouse
