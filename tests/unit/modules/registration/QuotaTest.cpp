// SPDX-License-Identifier: Apache-2.0
#include "Quota.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class QuotaTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(QuotaTest);
    CPPUNIT_TEST(anAddressHasItsOwn);
    CPPUNIT_TEST(aNetworkIsOneAddress);
    CPPUNIT_TEST(allHaveOne);
    CPPUNIT_TEST(whoLooksAfterARegistrationHasAnother);
    CPPUNIT_TEST(itBeginsAnewWithItsWindow);
    CPPUNIT_TEST(whatCannotBeCountedIsRefused);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    const Quota quota_{host_, {2, 3, 1, seconds{100}}};

    bool ask(std::string_view address) { return bool(quota_.ofAddress(context_, address)); }

public:
    void anAddressHasItsOwn() {
        CPPUNIT_ASSERT(ask("192.0.2.1") && ask("192.0.2.1"));
        const auto refused = quota_.ofAddress(context_, "192.0.2.1");
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT_EQUAL(429, refused.error().httpStatus());
        CPPUNIT_ASSERT(refused.error().retryAfter.count() > 0);
        CPPUNIT_ASSERT(ask("192.0.2.2"));
    }

    void aNetworkIsOneAddress() {
        CPPUNIT_ASSERT(ask("2001:db8::1") && ask("2001:db8::2"));
        CPPUNIT_ASSERT(!ask("2001:db8::3"));
        CPPUNIT_ASSERT(ask("2001:db8:0:1::1"));
    }

    void allHaveOne() {
        for (int i = 0; i < 3; ++i) {
            CPPUNIT_ASSERT(quota_.ofAll(context_));
        }
        CPPUNIT_ASSERT(!quota_.ofAll(context_));
        CPPUNIT_ASSERT(ask("192.0.2.1"));
    }

    void whoLooksAfterARegistrationHasAnother() {
        CPPUNIT_ASSERT(ask("192.0.2.1") && ask("192.0.2.1") && !ask("192.0.2.1"));
        CPPUNIT_ASSERT(quota_.ofCaller(context_, "192.0.2.1"));
        CPPUNIT_ASSERT(!quota_.ofCaller(context_, "192.0.2.1"));
        CPPUNIT_ASSERT(quota_.ofCaller(context_, "192.0.2.2"));
    }

    void itBeginsAnewWithItsWindow() {
        CPPUNIT_ASSERT(ask("192.0.2.1") && ask("192.0.2.1") && !ask("192.0.2.1"));
        host_.fakeClock.advance(seconds{101});
        CPPUNIT_ASSERT(ask("192.0.2.1"));
    }

    void whatCannotBeCountedIsRefused() {
        host_.fakeRecords.fail(Error::unavailable("away"));
        const auto refused = quota_.ofAddress(context_, "192.0.2.1");
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT_EQUAL(503, refused.error().httpStatus());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(QuotaTest);

}  // namespace gatehouse
