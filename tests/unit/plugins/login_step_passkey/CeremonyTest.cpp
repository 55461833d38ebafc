// SPDX-License-Identifier: Apache-2.0
#include "Ceremony.h"

#include <gatehouse/testkit/FakeHost.h>

#include "json/Members.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class CeremonyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CeremonyTest);
    CPPUNIT_TEST(aChallengeIsGoodForAnHour);
    CPPUNIT_TEST(whatIsKeptForAnotherThingIsNoChallenge);
    CPPUNIT_TEST(aDomainCountsWhereTheHostIsInIt);
    CPPUNIT_TEST(transportsAreThoseThatAreKnown);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;

    static std::string rpId(std::string_view set, std::string url, std::string path = {}) {
        Issuer issuer;
        issuer.url = std::move(url) + path;
        issuer.path = std::move(path);
        return rpIdOf(set, issuer);
    }

public:
    void aChallengeIsGoodForAnHour() {
        LoginState state;
        const auto made = Challenge::make(host_, state);
        const auto now = host_.clock().now();
        CPPUNIT_ASSERT_EQUAL(std::size_t{43}, made.text.size());
        CPPUNIT_ASSERT_EQUAL(made.text, Challenge::keptIn(state, now)->text);
        CPPUNIT_ASSERT(Challenge::keptIn(state, now + seconds{3599}));
        CPPUNIT_ASSERT(!Challenge::keptIn(state, now + seconds{3600}));
        CPPUNIT_ASSERT(Challenge::make(host_, state).text != made.text);
    }

    void whatIsKeptForAnotherThingIsNoChallenge() {
        LoginState state;
        CPPUNIT_ASSERT(!Challenge::keptIn(state, TimePoint{}));
        state.kept = {{"challenge", 7}, {"asked", "x"}};
        CPPUNIT_ASSERT(!Challenge::keptIn(state, TimePoint{}));
    }

    void aDomainCountsWhereTheHostIsInIt() {
        const std::string host = "login.id.example";
        CPPUNIT_ASSERT_EQUAL(host, rpId("", "https://login.id.example"));
        CPPUNIT_ASSERT_EQUAL(host, rpId("", "https://login.id.example:8443", "/tenant"));
        CPPUNIT_ASSERT_EQUAL(std::string("id.example"), rpId("id.example", "https://" + host));
        CPPUNIT_ASSERT_EQUAL(host, rpId("other.example", "https://" + host));
        CPPUNIT_ASSERT_EQUAL(host, rpId("d.example", "https://" + host));
        CPPUNIT_ASSERT_EQUAL(host, rpId(host, "https://" + host));
    }

    void transportsAreThoseThatAreKnown() {
        const std::vector<std::string> known{"usb", "internal"};
        CPPUNIT_ASSERT(known == knownTransports("internal,usb,\"x,usbx,"));
        CPPUNIT_ASSERT(knownTransports("").empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CeremonyTest);

}  // namespace gatehouse
