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
    CPPUNIT_TEST(clientsAreNotSlowedByOthersAtTheirAddress);
    CPPUNIT_TEST(anIpv6NetworkCountsAsOneAddress);
    CPPUNIT_TEST(namesOfAnyLengthAreToldApart);
    CPPUNIT_TEST(theWaitEnds);
    CPPUNIT_TEST(guessingIsSlowedWhileTheStorageIsAway);
    CPPUNIT_TEST(aClockSetBackMakesNobodyWaitLonger);
    CPPUNIT_TEST(requestsAreNotCountedUnlessConfigured);
    CPPUNIT_TEST(requestsAreLimitedWhereConfigured);
    CPPUNIT_TEST_SUITE_END();

    using Kind = RateLimiter::Kind;
    static constexpr const char* home = "192.0.2.1";

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    RateLimits limits_ = [] {
        RateLimits limits;
        limits.passwordFailures = {3, seconds{60}};
        limits.addressFailures = {10, seconds{60}};
        return limits;
    }();
    RateLimiter limiter_{host_.clock(), limits_};

    void fail(const std::string& who, const char* address = home) {
        limiter_.count(context_, host_.records(), Kind::passwordFailure, who, address);
    }
    bool mustWait(const std::string& who, const char* address = home) {
        return limiter_.wait(Kind::passwordFailure, 1, who, address).has_value();
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
        CPPUNIT_ASSERT(!limiter_.wait(Kind::clientFailure, 1, "ann", home).has_value());
        CPPUNIT_ASSERT(!limiter_.wait(Kind::passwordFailure, 2, "ann", home).has_value());
    }

    void manyNamesFromOneAddressAreStopped() {
        for (int i = 0; i < 10; ++i) {
            fail("user" + std::to_string(i));
        }
        CPPUNIT_ASSERT(mustWait("somebody new"));
        CPPUNIT_ASSERT(!mustWait("somebody new", "192.0.2.2"));
    }

    void clientsAreNotSlowedByOthersAtTheirAddress() {
        for (int i = 0; i < 1000; ++i) {
            limiter_.count(context_, host_.records(), Kind::clientFailure,
                           "broken" + std::to_string(i % 50), home);
        }
        for (int i = 0; i < 10; ++i) {
            fail("user" + std::to_string(i));
        }
        CPPUNIT_ASSERT(mustWait("somebody new"));
        CPPUNIT_ASSERT(limiter_.wait(Kind::clientFailure, 1, "broken7", home).has_value());
        CPPUNIT_ASSERT(!limiter_.wait(Kind::clientFailure, 1, "honest", home).has_value());
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
        CPPUNIT_ASSERT(*limiter_.wait(Kind::passwordFailure, 1, "ann", home) <= seconds{60});
        host_.fakeClock.advance(seconds{60});
        CPPUNIT_ASSERT(!mustWait("ann"));
    }

    void aClockSetBackMakesNobodyWaitLonger() {
        for (int i = 0; i < 3; ++i) {
            fail("ann");
        }
        host_.fakeClock.set(host_.fakeClock.now() - seconds{3600});
        CPPUNIT_ASSERT(*limiter_.wait(Kind::passwordFailure, 1, "ann", home) <= seconds{60});
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
        RateLimiter limited(host_.clock(), limits_);
        CPPUNIT_ASSERT(!limited.request(context_, host_.records(), "busy", home));
        CPPUNIT_ASSERT(!limited.request(context_, host_.records(), "busy", home));
        CPPUNIT_ASSERT(limited.request(context_, host_.records(), "busy", home));
        CPPUNIT_ASSERT(!limited.request(context_, host_.records(), "other", home));
        host_.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(!limited.request(context_, host_.records(), "busy", home));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RateLimiterTest);

}  // namespace gatehouse
