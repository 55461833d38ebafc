// SPDX-License-Identifier: Apache-2.0
#include "store/CommandEvents.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class CommandEventsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CommandEventsTest);
    CPPUNIT_TEST(whatACommandDidIsPublishedOnceInOrder);
    CPPUNIT_TEST(serversAreTold);
    CPPUNIT_TEST(anIssuersEventsAreItsOwn);
    CPPUNIT_TEST(whatCannotBeTakenStays);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatACommandDidIsPublishedOnceInOrder() {
        for (int number = 0; number < 250; ++number) {
            CPPUNIT_ASSERT(events_.leave(context_, {{"number", number}}));
            host_.fakeClock.advance(milliseconds{1});
        }
        CPPUNIT_ASSERT(events_.handOut(context_, host_.events()));
        CPPUNIT_ASSERT(events_.handOut(context_, host_.events()));
        const auto published = host_.fakeEvents.ofType("admin.command");
        CPPUNIT_ASSERT_EQUAL(std::size_t{250}, published.size());
        for (std::int64_t number = 0; number < 250; ++number) {
            const auto& details = published[static_cast<std::size_t>(number)].details;
            CPPUNIT_ASSERT_EQUAL(number, *details.find("number")->integer());
            CPPUNIT_ASSERT(details.find("at")->integer() != nullptr);
        }
    }

    void serversAreTold() {
        CPPUNIT_ASSERT(events_.leave(context_, {}));
        const auto notices = host_.fakeRecords.notices();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, notices.size());
        CPPUNIT_ASSERT_EQUAL(std::string(CommandEvents::topic), notices[0].topic);
    }

    void anIssuersEventsAreItsOwn() {
        const testkit::FakeContext other(2, "https://other.example.org");
        CPPUNIT_ASSERT(events_.leave(other, {}));
        CPPUNIT_ASSERT(events_.handOut(context_, host_.events()));
        CPPUNIT_ASSERT(host_.fakeEvents.all().empty());
        CPPUNIT_ASSERT(events_.handOut(other, host_.events()));
        CPPUNIT_ASSERT_EQUAL(IssuerId{2}, host_.fakeEvents.all().at(0).issuer);
    }

    void whatCannotBeTakenStays() {
        CPPUNIT_ASSERT(events_.leave(context_, {}));
        host_.fakeRecords.fail(Error::unavailable("database is away"));
        CPPUNIT_ASSERT(!events_.leave(context_, {}));
        CPPUNIT_ASSERT(!events_.handOut(context_, host_.events()));
        host_.fakeRecords.fail(std::nullopt);
        CPPUNIT_ASSERT(events_.handOut(context_, host_.events()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeEvents.all().size());
    }

private:
    testkit::FakeHost host_;
    testkit::FakeContext context_;
    CommandEvents events_{host_.records(), host_.clock(), host_.random()};
};

CPPUNIT_TEST_SUITE_REGISTRATION(CommandEventsTest);

}  // namespace gatehouse
