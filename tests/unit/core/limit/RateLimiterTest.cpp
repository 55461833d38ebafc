// SPDX-License-Identifier: Apache-2.0
#include "limit/RateLimiter.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class RateLimiterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RateLimiterTest);
    CPPUNIT_TEST(failuresUpToTheLimitAreForgiven);
    CPPUNIT_TEST(theLimitIsByNameAndAddress);
    CPPUNIT_TEST(manyNamesFromOneAddressAreStopped);
    CPPUNIT_TEST(brokenClientsOfOneAddressDoNotCountForPeople);
    CPPUNIT_TEST(manyClientsFromOneAddressAreStopped);
    CPPUNIT_TEST(threeHundredThousandNamesDoNotSwitchTheLimitsOff);
    CPPUNIT_TEST(aTableFilledFromManyAddressesLeavesPasswordsLimited);
    CPPUNIT_TEST(aFullTableOfTheBlockedStillBlocks);
    CPPUNIT_TEST(anIpv6NetworkCountsAsOneAddress);
    CPPUNIT_TEST(peopleBehindATranslatorAreNotOneAddress);
    CPPUNIT_TEST(anIpv6SiteIsLimitedThoughItHasManyNetworks);
    CPPUNIT_TEST(anAccountIsLimitedFromWhereverItIsGuessed);
    CPPUNIT_TEST(theWaitOfAnAccountGrows);
    CPPUNIT_TEST(aBrowserThatSignedInBeforeHasACountOfItsOwn);
    CPPUNIT_TEST(anUnlockedAccountBeginsAnew);
    CPPUNIT_TEST(aLimitThatIsReachedIsTold);
    CPPUNIT_TEST(namesOfAnyLengthAreToldApart);
    CPPUNIT_TEST(theWaitEnds);
    CPPUNIT_TEST(guessingIsSlowedWhileTheStorageIsAway);
    CPPUNIT_TEST(aClockSetBackMakesNobodyWaitLonger);
    CPPUNIT_TEST(requestsAreNotCountedUnlessConfigured);
    CPPUNIT_TEST(requestsAreLimitedWhereConfigured);
    CPPUNIT_TEST(whatAnybodyCouldPushIsLimitedByAddress);
    CPPUNIT_TEST(newClientsAreLimitedByAddress);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* home = "192.0.2.1";

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    RateLimits limits_ = [] {
        RateLimits limits;
        limits.passwordFailures = {3, seconds{60}};
        limits.addressFailures = {10, seconds{60}};
        limits.accountFailures = {20, seconds{600}};
        return limits;
    }();
    RateLimiter limiter_{host_.clock(), limits_, host_.log(), host_.metrics()};

    std::optional<RateLimiter::Reached> fail(const std::string& who,
                                             const std::string& address = home,
                                             const std::string& browser = {}) {
        return limiter_.count(context_, host_.records(), {who, address, {}, browser});
    }
    std::optional<seconds> wait(const std::string& who, const std::string& address = home,
                                const std::string& browser = {}) {
        return limiter_.wait(1, {who, address, {}, browser});
    }
    bool mustWait(const std::string& who, const std::string& address = home,
                  const std::string& browser = {}) {
        return wait(who, address, browser).has_value();
    }
    void failClient(const std::string& id, const std::string& address = home) {
        if (!limiter_.waitOfClient(1, id, address)) {
            limiter_.countClient(context_, host_.records(), id, address);
        }
    }
    static std::string addressOf(int number) {
        return "10." + std::to_string(number / 65536) + "." + std::to_string(number / 256 % 256) +
               "." + std::to_string(number % 256);
    }

public:
    void failuresUpToTheLimitAreForgiven() {
        fail("ann");
        fail("ann");
        CPPUNIT_ASSERT(!mustWait("ann"));
        fail("ann");
        CPPUNIT_ASSERT(mustWait("ann"));
    }

    void guessingIsSlowedWhileTheStorageIsAway() {
        host_.fakeRecords.fail(Error::unavailable("away"));
        fail("ann");
        fail("ann");
        CPPUNIT_ASSERT(!mustWait("ann"));
        fail("ann");
        CPPUNIT_ASSERT(mustWait("ann"));
        CPPUNIT_ASSERT(!mustWait("bob"));
    }

    void theLimitIsByNameAndAddress() {
        for (int i = 0; i < 3; ++i) {
            fail("ann");
        }
        CPPUNIT_ASSERT(!mustWait("bob"));
        CPPUNIT_ASSERT(!mustWait("ann", "192.0.2.2"));
        CPPUNIT_ASSERT(!limiter_.waitOfClient(1, "ann", home));
        CPPUNIT_ASSERT(!limiter_.wait(2, {"ann", home, {}, {}}));
    }

    void manyNamesFromOneAddressAreStopped() {
        for (int i = 0; i < 10; ++i) {
            fail("user" + std::to_string(i));
        }
        CPPUNIT_ASSERT(mustWait("somebody new"));
        CPPUNIT_ASSERT(!mustWait("somebody new", "192.0.2.2"));
    }

    void brokenClientsOfOneAddressDoNotCountForPeople() {
        for (int i = 0; i < 1000; ++i) {
            failClient("broken" + std::to_string(i % 50));
        }
        CPPUNIT_ASSERT(!mustWait("ann"));
        CPPUNIT_ASSERT(limiter_.waitOfClient(1, "broken7", home));
    }

    void manyClientsFromOneAddressAreStopped() {
        for (int i = 0; i < 200; ++i) {
            CPPUNIT_ASSERT(!limiter_.waitOfClient(1, "new", home));
            failClient("unknown" + std::to_string(i));
        }
        CPPUNIT_ASSERT(limiter_.waitOfClient(1, "new", home));
        CPPUNIT_ASSERT(!limiter_.waitOfClient(1, "new", "192.0.2.2"));
    }

    void threeHundredThousandNamesDoNotSwitchTheLimitsOff() {
        host_.fakeRecords.fail(Error::unavailable("away"));
        for (int i = 0; i < 300'000; ++i) {
            failClient("j" + std::to_string(i));
        }
        assertGuessingIsLimited();
    }

    void aTableFilledFromManyAddressesLeavesPasswordsLimited() {
        host_.fakeRecords.fail(Error::unavailable("away"));
        fail("ann");
        fail("ann");
        for (int i = 0; i < 110'000; ++i) {
            failClient("j" + std::to_string(i), addressOf(i));
        }
        CPPUNIT_ASSERT(host_.fakeMetrics.value("gatehouse_limits_table_full_total",
                                               {{"table", "counters"}}) > 0);
        CPPUNIT_ASSERT(host_.fakeLog.says("a table is full"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeLog.lines().size());
        fail("ann");
        CPPUNIT_ASSERT(mustWait("ann"));
    }

    void aFullTableOfTheBlockedStillBlocks() {
        limits_.clientFailures = {1, seconds{60}};
        limits_.clientAddressFailures = {};
        RateLimiter strict(host_.clock(), limits_, host_.log(), host_.metrics());
        host_.fakeRecords.fail(Error::unavailable("away"));
        for (int i = 0; i < 101'000; ++i) {
            strict.countClient(context_, host_.records(), "j", addressOf(i));
        }
        strict.countClient(context_, host_.records(), "late", home);
        CPPUNIT_ASSERT(strict.waitOfClient(1, "late", home));
        CPPUNIT_ASSERT(host_.fakeMetrics.value("gatehouse_limits_table_full_total",
                                               {{"table", "blocked"}}) > 0);
    }

    void assertGuessingIsLimited() {
        int looked = 0;
        for (int user = 0; user < 8; ++user) {
            for (int i = 0; i < 24; ++i) {
                const auto who = "user" + std::to_string(user);
                if (!mustWait(who)) {
                    fail(who);
                    ++looked;
                }
            }
        }
        CPPUNIT_ASSERT_EQUAL(10, looked);
    }

    void anIpv6SiteIsLimitedThoughItHasManyNetworks() {
        for (int i = 0; i < 100; ++i) {
            CPPUNIT_ASSERT(!mustWait("somebody", "2001:db8:7:ffff::1"));
            fail("user" + std::to_string(i), "2001:db8:7:" + std::to_string(i) + "::1");
        }
        CPPUNIT_ASSERT(mustWait("somebody", "2001:db8:7:ffff::1"));
        CPPUNIT_ASSERT(!mustWait("somebody", "2001:db8:8::1"));
    }

    void anAccountIsLimitedFromWhereverItIsGuessed() {
        for (int i = 0; i < 20; ++i) {
            CPPUNIT_ASSERT(!mustWait("ann", "198.51.100.1"));
            fail("ann", addressOf(i));
        }
        CPPUNIT_ASSERT(mustWait("ann", "198.51.100.1"));
        CPPUNIT_ASSERT(!mustWait("bob", "198.51.100.1"));
    }

    void theWaitOfAnAccountGrows() {
        for (int i = 0; i < 20; ++i) {
            fail("ann", addressOf(i));
        }
        CPPUNIT_ASSERT(wait("ann", "198.51.100.1") == seconds{60});
        host_.fakeClock.advance(seconds{60});
        fail("ann", "198.51.100.2");
        CPPUNIT_ASSERT(wait("ann", "198.51.100.1") == seconds{120});
        for (int i = 0; i < 10; ++i) {
            fail("ann", addressOf(i));
        }
        CPPUNIT_ASSERT(wait("ann", "198.51.100.1") == seconds{600});
    }

    void aBrowserThatSignedInBeforeHasACountOfItsOwn() {
        for (int i = 0; i < 20; ++i) {
            fail("ann", addressOf(i));
            fail("ann");
        }
        CPPUNIT_ASSERT(mustWait("ann"));
        for (int i = 0; i < 3; ++i) {
            CPPUNIT_ASSERT(!mustWait("ann", home, "hers"));
            fail("ann", home, "hers");
        }
        CPPUNIT_ASSERT(mustWait("ann", home, "hers"));
        CPPUNIT_ASSERT(!mustWait("bob", addressOf(500), {}));
    }

    void anUnlockedAccountBeginsAnew() {
        for (int i = 0; i < 3; ++i) {
            fail("ann");
            fail("bob");
        }
        CPPUNIT_ASSERT(mustWait("ann"));
        limiter_.unlock({7, {"unlock", "ann", 1, host_.clock().now() + seconds{86400}}});
        CPPUNIT_ASSERT(!mustWait("ann"));
        CPPUNIT_ASSERT(mustWait("bob"));
        fail("ann");
        fail("ann");
        CPPUNIT_ASSERT(!mustWait("ann"));
        fail("ann");
        CPPUNIT_ASSERT(mustWait("ann"));
    }

    void aLimitThatIsReachedIsTold() {
        CPPUNIT_ASSERT(!fail("ann"));
        CPPUNIT_ASSERT(!fail("ann"));
        const auto reached = fail("ann");
        CPPUNIT_ASSERT(reached);
        CPPUNIT_ASSERT_EQUAL(std::string("password"), std::string(reached->limit));
        CPPUNIT_ASSERT(reached->wait == seconds{60});
        CPPUNIT_ASSERT_EQUAL(1.0, host_.fakeMetrics.value("gatehouse_limits_reached_total",
                                                          {{"limit", "password"}}));
    }

    void anIpv6NetworkCountsAsOneAddress() {
        fail("ann", "2001:db8::1");
        fail("ann", "2001:db8::2");
        fail("ann", "2001:db8:0:0:ffff::3");
        CPPUNIT_ASSERT(mustWait("ann", "2001:db8::4"));
        CPPUNIT_ASSERT(mustWait("ann", "2001:db8:0:0:1:2:3:4"));
        CPPUNIT_ASSERT(!mustWait("ann", "2001:db8:0:1::1"));
        CPPUNIT_ASSERT(!mustWait("ann", "::1"));
    }

    void peopleBehindATranslatorAreNotOneAddress() {
        for (int i = 0; i < 3; ++i) {
            fail("ann", "64:ff9b::c633:6401");
        }
        CPPUNIT_ASSERT(mustWait("ann", "64:ff9b::c633:6401"));
        CPPUNIT_ASSERT(!mustWait("ann", "64:ff9b::c633:6402"));
    }

    void namesOfAnyLengthAreToldApart() {
        const std::string shared(10000, 'x');
        for (int i = 0; i < 3; ++i) {
            fail(shared + "1");
        }
        CPPUNIT_ASSERT(mustWait(shared + "1"));
        CPPUNIT_ASSERT(!mustWait(shared + "2"));
    }

    void theWaitEnds() {
        for (int i = 0; i < 3; ++i) {
            fail("ann");
        }
        CPPUNIT_ASSERT(*wait("ann") <= seconds{60});
        host_.fakeClock.advance(seconds{60});
        CPPUNIT_ASSERT(!mustWait("ann"));
    }

    void aClockSetBackMakesNobodyWaitLonger() {
        for (int i = 0; i < 3; ++i) {
            fail("ann");
        }
        host_.fakeClock.set(host_.fakeClock.now() - seconds{3600});
        CPPUNIT_ASSERT(*wait("ann") <= seconds{60});
        host_.fakeClock.advance(seconds{60});
        CPPUNIT_ASSERT(!mustWait("ann"));
    }

    void requestsAreNotCountedUnlessConfigured() {
        for (int i = 0; i < 1000; ++i) {
            CPPUNIT_ASSERT(!limiter_.request(context_, host_.records(), "busy", home));
        }
    }

    void requestsAreLimitedWhereConfigured() {
        limits_.requests = {2, seconds{1}};
        RateLimiter limited(host_.clock(), limits_, host_.log(), host_.metrics());
        CPPUNIT_ASSERT(!limited.request(context_, host_.records(), "busy", home));
        CPPUNIT_ASSERT(!limited.request(context_, host_.records(), "busy", home));
        CPPUNIT_ASSERT(limited.request(context_, host_.records(), "busy", home));
        CPPUNIT_ASSERT(!limited.request(context_, host_.records(), "other", home));
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(!limited.request(context_, host_.records(), "busy", home));
    }

    void whatAnybodyCouldPushIsLimitedByAddress() {
        limits_.publicPushes = {2, seconds{60}};
        RateLimiter limited(host_.clock(), limits_, host_.log(), host_.metrics());
        CPPUNIT_ASSERT(!limited.publicPush(context_, host_.records(), home));
        CPPUNIT_ASSERT(!limited.publicPush(context_, host_.records(), home));
        CPPUNIT_ASSERT(limited.publicPush(context_, host_.records(), home));
        CPPUNIT_ASSERT(!limited.publicPush(context_, host_.records(), "192.0.2.2"));
        CPPUNIT_ASSERT(!limited.request(context_, host_.records(), "busy", home));
        host_.fakeClock.advance(seconds{60});
        CPPUNIT_ASSERT(!limited.publicPush(context_, host_.records(), home));
    }

    void newClientsAreLimitedByAddress() {
        limits_.newClients = {2, seconds{60}};
        RateLimiter limited(host_.clock(), limits_, host_.log(), host_.metrics());
        testkit::FakeContext asked;
        asked.remoteAddress = home;
        CPPUNIT_ASSERT(!limited.newClient(asked, host_.records()));
        CPPUNIT_ASSERT(!limited.newClient(asked, host_.records()));
        CPPUNIT_ASSERT(limited.newClient(asked, host_.records()));
        asked.remoteAddress = "192.0.2.2";
        CPPUNIT_ASSERT(!limited.newClient(asked, host_.records()));
        for (int i = 0; i < 10; ++i) {  // the server itself
            CPPUNIT_ASSERT(!limited.newClient(testkit::FakeContext(), host_.records()));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RateLimiterTest);

}  // namespace gatehouse
