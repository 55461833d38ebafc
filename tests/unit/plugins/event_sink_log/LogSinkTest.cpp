// SPDX-License-Identifier: Apache-2.0
#include "LogSink.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LogSinkTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LogSinkTest);
    CPPUNIT_TEST(anEventBecomesOneLineWithAllItSays);
    CPPUNIT_TEST(whatIsNotKnownIsLeftOut);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { CPPUNIT_ASSERT(sink_.configure(testkit::FakeConfig{}, host_)); }

private:
    void anEventBecomesOneLineWithAllItSays() {
        Event event;
        event.type = "login.failed";
        event.time = fromSeconds(1767225600) + milliseconds{7};
        event.issuer = 3;
        event.requestId = "r-1";
        event.clientId = "shop";
        event.subject = "s-1";
        event.remoteAddress = "192.0.2.1";
        event.details = {{"reason", "wrong password"}};
        sink_.publish({event});
        const auto lines = host_.fakeLog.lines();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, lines.size());
        CPPUNIT_ASSERT(lines[0].level == Level::info);
        CPPUNIT_ASSERT_EQUAL(std::string("audit: login.failed"), lines[0].message);
        CPPUNIT_ASSERT_EQUAL(std::string("r-1"), lines[0].requestId);
        CPPUNIT_ASSERT(lines[0].fields == (ValueMap{
                                              {"event", "login.failed"},
                                              {"event_time", "2026-01-01T00:00:00.007Z"},
                                              {"issuer", 3},
                                              {"client", "shop"},
                                              {"subject", "s-1"},
                                              {"remote_address", "192.0.2.1"},
                                              {"details", event.details},
                                          }));
    }

    void whatIsNotKnownIsLeftOut() {
        Event event;
        event.type = "server.started";
        sink_.publish({event});
        const auto lines = host_.fakeLog.lines();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, lines.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, lines[0].fields.size());
    }

    testkit::FakeHost host_;
    LogSink sink_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogSinkTest);

}  // namespace gatehouse
