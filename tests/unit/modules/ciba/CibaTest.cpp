// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>

#include "AskedRequests.h"
#include "CibaClients.h"
#include "CibaMembers.h"
#include "Settings.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

/// What becomes of a request that waits, and of the client that is told.
class CibaTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CibaTest);
    CPPUNIT_TEST(aPersonSeesTheirsUntilTheyAreOver);
    CPPUNIT_TEST(neitherSecretLiesOpen);
    CPPUNIT_TEST(aPingBelongsToItsRequest);
    CPPUNIT_TEST(onlyTheGrantOfThisModuleMakesJobs);
    CPPUNIT_TEST(whatWasDecidedIsForgotten);
    CPPUNIT_TEST(whatNobodyKnowsIsDone);
    CPPUNIT_TEST_SUITE_END();

    testkit::FacadeBed bed_;
    testkit::FakeContext context_;
    CibaClients rule_;

    AskedRequest asked(const std::string& reference, seconds life = seconds{300}) {
        const auto now = bed_.host.clock().now();
        return {reference,   "shop", "sub-of-ada", "openid", "W4SCT",
                "192.0.2.1", now,    now + life,   {}};
    }
    const AskedRequests& requests() { return rule_.requests(); }

public:
    void setUp() override {
        CPPUNIT_ASSERT(rule_.configure(testkit::FakeConfig(fieldsOf<CibaClients>()), bed_.host));
        CPPUNIT_ASSERT(rule_.start());
    }

    void aPersonSeesTheirsUntilTheyAreOver() {
        CPPUNIT_ASSERT(requests().add(context_, asked("one", seconds{10})));
        bed_.host.fakeClock.advance(seconds{1});
        CPPUNIT_ASSERT(requests().add(context_, asked("two")));
        const auto all = requests().of(context_, "sub-of-ada");
        CPPUNIT_ASSERT(all && all->size() == 2);
        CPPUNIT_ASSERT_EQUAL(std::string("two"), all->front().reference);
        CPPUNIT_ASSERT_EQUAL(std::string("W4SCT"), all->front().bindingMessage);
        CPPUNIT_ASSERT(requests().of(context_, "sub-of-bob")->empty());
        bed_.host.fakeClock.advance(seconds{10});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, requests().of(context_, "sub-of-ada")->size());
        CPPUNIT_ASSERT(requests().hide(context_, all->front()));
        CPPUNIT_ASSERT(requests().of(context_, "sub-of-ada")->empty());
        CPPUNIT_ASSERT(*requests().find(context_, "two"));
    }

    void neitherSecretLiesOpen() {
        auto request = asked("one");
        request.ping = requests().seal("one", {Secret("the-id"), Secret("the-token")});
        CPPUNIT_ASSERT(requests().add(context_, request));
        for (const auto& record : bed_.host.fakeRecords.all("asked_request")) {
            CPPUNIT_ASSERT(record.payload.find("the-") == std::string::npos);
        }
        const auto ping = requests().open(**requests().find(context_, "one"));
        CPPUNIT_ASSERT(ping);
        CPPUNIT_ASSERT_EQUAL(std::string("the-id"), std::string(ping->authReqId.view()));
        CPPUNIT_ASSERT_EQUAL(std::string("the-token"), std::string(ping->token.view()));
    }

    void aPingBelongsToItsRequest() {
        auto request = asked("two");
        request.ping = requests().seal("one", {Secret("the-id"), Secret("the-token")});
        CPPUNIT_ASSERT(!requests().open(request));
        request.ping = "!";
        CPPUNIT_ASSERT(!requests().open(request));
    }

    void onlyTheGrantOfThisModuleMakesJobs() {
        Client client;
        client.id = "shop";
        CPPUNIT_ASSERT(rule_.jobs(context_, {client, "urn:other", "one"}).empty());
        const auto jobs = rule_.jobs(context_, {client, cibaGrant, "one"});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, jobs.size());
        CPPUNIT_ASSERT_EQUAL(std::string("one"), jobs.front().payload);
    }

    void whatWasDecidedIsForgotten() {
        CPPUNIT_ASSERT(requests().add(context_, asked("one")));
        CPPUNIT_ASSERT(bed_.host.jobs().add(context_, {"decided", "q", "one", milliseconds{0}}));
        CPPUNIT_ASSERT(bed_.host.fakeJobs.run(0));
        CPPUNIT_ASSERT(!*requests().find(context_, "one"));
        CPPUNIT_ASSERT(bed_.host.fakeOutgoing.sent().empty());
    }

    void whatNobodyKnowsIsDone() {
        CPPUNIT_ASSERT(bed_.host.jobs().add(context_, {"decided", "q", "gone", milliseconds{0}}));
        CPPUNIT_ASSERT(bed_.host.fakeJobs.run(0));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CibaTest);

}  // namespace gatehouse
