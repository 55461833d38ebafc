// SPDX-License-Identifier: Apache-2.0
#include "RecentEventsSink.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>
#include <string>

namespace gatehouse {

class RecentEventsSinkTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RecentEventsSinkTest);
    CPPUNIT_TEST(theNewestComesFirstWithAllThatIsKnown);
    CPPUNIT_TEST(eachPersonHasTheirOwn);
    CPPUNIT_TEST(eachIssuerHasItsOwn);
    CPPUNIT_TEST(whatIsNoPersonsIsNotKept);
    CPPUNIT_TEST(tokensAreNotWritten);
    CPPUNIT_TEST(soManyAreKept);
    CPPUNIT_TEST(soLongAreTheyKept);
    CPPUNIT_TEST(strangersDriveNothingOut);
    CPPUNIT_TEST(whatOneRequestDidIsToldOnce);
    CPPUNIT_TEST(longTextsAreLeftOut);
    CPPUNIT_TEST(twoNodesLoseNothing);
    CPPUNIT_TEST(aStorageThatIsAwayIsTold);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        const testkit::FakeConfig config(fieldsOf<RecentEventsSink>(), {{"most", 5}});
        CPPUNIT_ASSERT(bool(sink_.configure(config, host_)));
        CPPUNIT_ASSERT(bool(sink_.start()));
    }

    void theNewestComesFirstWithAllThatIsKnown() {
        publish("user.created");
        auto login = event("login.succeeded");
        login.clientId = "shop";
        login.remoteAddress = "192.0.2.1";
        login.details = {{"browser", "Firefox"}, {"system", "Linux"}};
        sink_.publish({login});
        const auto events = recent();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, events.size());
        CPPUNIT_ASSERT_EQUAL(std::string("recent_event.login"), events[0].text);
        CPPUNIT_ASSERT(host_.fakeClock.now() == events[0].time);
        CPPUNIT_ASSERT_EQUAL(std::string("shop"), events[0].clientId);
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.1"), events[0].remoteAddress);
        CPPUNIT_ASSERT_EQUAL(std::string("Firefox"), events[0].browser.name);
        CPPUNIT_ASSERT_EQUAL(std::string("Linux"), events[0].browser.system);
        CPPUNIT_ASSERT_EQUAL(std::string("recent_event.created"), events[1].text);
    }

    void eachPersonHasTheirOwn() {
        auto bens = event("password.changed");
        bens.subject = "sub-of-ben";
        sink_.publish({event("login.succeeded"), bens});
        CPPUNIT_ASSERT_EQUAL(std::string("recent_event.login "), told());
        CPPUNIT_ASSERT_EQUAL(std::string("recent_event.password "), told("sub-of-ben"));
    }

    void eachIssuerHasItsOwn() {
        auto elsewhere = event("password.changed");
        elsewhere.issuer = 2;
        sink_.publish({event("login.succeeded"), elsewhere});
        CPPUNIT_ASSERT_EQUAL(std::string("recent_event.login "), told());
    }

    void whatIsNoPersonsIsNotKept() {
        auto nobodys = event("login.failed");
        nobodys.subject.clear();
        sink_.publish({nobodys});
        CPPUNIT_ASSERT_EQUAL(std::string(), told(""));
    }

    void tokensAreNotWritten() {
        host_.fakeRecords.fail(Error::unavailable("nobody should ask"));
        publish("token.issued");
        publish("session.ended");
    }

    void soManyAreKept() {
        for (int number = 0; number < 9; ++number) {
            publish("login.succeeded");
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, recent().size());
    }

    void soLongAreTheyKept() {
        publish("user.created");
        host_.fakeClock.advance(std::chrono::hours{24 * 89});
        publish("login.succeeded");
        CPPUNIT_ASSERT_EQUAL(std::string("recent_event.login recent_event.created "), told());
        host_.fakeClock.advance(std::chrono::hours{24 * 2});
        CPPUNIT_ASSERT_EQUAL(std::string("recent_event.login "), told());
        host_.fakeClock.advance(std::chrono::hours{24 * 90});
        CPPUNIT_ASSERT_EQUAL(std::string(), told());
    }

    void strangersDriveNothingOut() {
        publish("login.succeeded");
        for (int number = 0; number < 20; ++number) {
            publish("login.failed");
            publish("password.forgotten");
        }
        const auto events = recent();
        CPPUNIT_ASSERT_EQUAL(
            std::string("recent_event.forgotten recent_event.wrong recent_event.login "), told());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{20}, events[0].times);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{20}, events[1].times);
        publish("login.succeeded");
        publish("login.failed");
        CPPUNIT_ASSERT_EQUAL_MESSAGE("since the last login", std::int64_t{1}, recent()[0].times);
    }

    void whatOneRequestDidIsToldOnce() {
        auto one = event("totp.enrolled");
        auto other = event("authenticator.added");
        one.requestId = other.requestId = "request";
        sink_.publish({one, other});
        CPPUNIT_ASSERT_EQUAL(std::string("recent_event.added "), told());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, recent()[0].times);
    }

    void longTextsAreLeftOut() {
        auto login = event("login.succeeded");
        login.clientId = std::string(10'000, 'x');
        sink_.publish({login});
        CPPUNIT_ASSERT(recent()[0].clientId.empty());
    }

    void twoNodesLoseNothing() {
        host_.fakeRecords.meanwhile = [&] { publish("password.changed"); };
        publish("login.succeeded");
        CPPUNIT_ASSERT_EQUAL(std::string("recent_event.login recent_event.password "), told());
    }

    void aStorageThatIsAwayIsTold() {
        host_.fakeRecords.fail(Error::unavailable("away"));
        CPPUNIT_ASSERT_THROW(publish("login.succeeded"), std::runtime_error);
        CPPUNIT_ASSERT(!sink_.recent(testkit::FakeContext{}, "sub-of-ada"));
    }

private:
    Event event(std::string_view type) {
        Event event;
        event.type = type;
        event.time = host_.fakeClock.now();
        event.subject = "sub-of-ada";
        return event;
    }
    void publish(std::string_view type) { sink_.publish({event(type)}); }
    std::vector<RecentEvent> recent(std::string_view sub = "sub-of-ada") {
        auto events = sink_.recent(testkit::FakeContext{}, sub);
        CPPUNIT_ASSERT(bool(events));
        return *std::move(events);
    }
    std::string told(std::string_view sub = "sub-of-ada") {
        std::string told;
        for (const auto& event : recent(sub)) {
            told += event.text + " ";
        }
        return told;
    }

    testkit::FakeHost host_;
    RecentEventsSink sink_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecentEventsSinkTest);

}  // namespace gatehouse
