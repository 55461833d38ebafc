// SPDX-License-Identifier: Apache-2.0
#include "NewDeviceNotice.h"

#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>
#include <string>

namespace gatehouse {

class NewDeviceNoticeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NewDeviceNoticeTest);
    CPPUNIT_TEST(aLoginInANewBrowserIsWritten);
    CPPUNIT_TEST(aKnownBrowserIsNot);
    CPPUNIT_TEST(noOtherEventIs);
    CPPUNIT_TEST(onlyConfirmedAddressesAreWrittenTo);
    CPPUNIT_TEST(whoHasJustMadeTheirAccountIsNotTold);
    CPPUNIT_TEST(whoIsGoneOrSomebodyElseIsNotTold);
    CPPUNIT_TEST(tooManyAreNotTriedAgain);
    CPPUNIT_TEST(aUserStoreThatIsAwayIsWaitedFor);
    CPPUNIT_TEST(aStorageThatIsAwayIsTold);
    CPPUNIT_TEST(theLinkMayLeadElsewhere);
    CPPUNIT_TEST(aLinkThatIsNoneIsRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        configure("/account/sessions");
        bed_.people.ada.claims = {
            {"email", address}, {"email_verified", true}, {"locale", "de_AT"}};
    }

    void aLoginInANewBrowserIsWritten() {
        sink_.publish({login()});
        CPPUNIT_ASSERT_MESSAGE("no login waits for a mail", !bed_.mails.lastTo(address));
        CPPUNIT_ASSERT(bool(run()));
        const auto mail = bed_.mails.lastTo(address);
        CPPUNIT_ASSERT(mail.has_value());
        CPPUNIT_ASSERT_EQUAL(std::string("new_device"), mail->name);
        CPPUNIT_ASSERT_EQUAL(std::string("de-AT"), mail->languages);
        CPPUNIT_ASSERT_EQUAL(std::string("Firefox, Linux"), text(*mail, "browser"));
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.1"), text(*mail, "address"));
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), text(*mail, "login"));
        const auto link = text(*mail, "link");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(link, std::string("/account/sessions"),
                                     link.substr(link.size() - 17));
    }

    void aKnownBrowserIsNot() {
        auto known = login();
        known.details.set("new_browser", false);
        sink_.publish({known});
        CPPUNIT_ASSERT(bed_.host.fakeJobs.jobs().empty());
    }

    void noOtherEventIs() {
        auto other = login();
        other.type = "login.failed";
        sink_.publish({other});
        CPPUNIT_ASSERT(bed_.host.fakeJobs.jobs().empty());
    }

    void onlyConfirmedAddressesAreWrittenTo() {
        bed_.people.ada.claims.set("email_verified", false);
        sink_.publish({login()});
        CPPUNIT_ASSERT(bool(run()));
        CPPUNIT_ASSERT(!bed_.mails.lastTo(address));
    }

    void whoHasJustMadeTheirAccountIsNotTold() {
        auto made = login();
        made.type = "user.created";
        sink_.publish({made, login()});
        CPPUNIT_ASSERT(bool(run()));
        CPPUNIT_ASSERT(!bed_.mails.lastTo(address));
        bed_.host.fakeClock.advance(std::chrono::hours{2});
        sink_.publish({login()});
        CPPUNIT_ASSERT(bool(run(1)));
        CPPUNIT_ASSERT(bed_.mails.lastTo(address).has_value());
    }

    void whoIsGoneOrSomebodyElseIsNotTold() {
        auto gone = login();
        gone.details.set("login", "nobody");
        auto other = login();
        other.subject = "sub-of-another";
        sink_.publish({gone, other});
        CPPUNIT_ASSERT(bool(run()));
        CPPUNIT_ASSERT(bool(run(1)));
        bed_.people.ada.isDisabled = true;
        sink_.publish({login()});
        CPPUNIT_ASSERT(bool(run(2)));
        CPPUNIT_ASSERT(!bed_.mails.lastTo(address));
    }

    void tooManyAreNotTriedAgain() {
        bed_.mails.isTooMuch = true;
        sink_.publish({login()});
        CPPUNIT_ASSERT(bool(run()));
    }

    void aUserStoreThatIsAwayIsWaitedFor() {
        sink_.publish({login()});
        bed_.backend.fail(Error::unavailable("away"));
        const auto told = run();
        CPPUNIT_ASSERT(!told);
        CPPUNIT_ASSERT(told.error().isTemporary());
    }

    void aStorageThatIsAwayIsTold() {
        bed_.kill();
        CPPUNIT_ASSERT_THROW(sink_.publish({login()}), std::runtime_error);
        auto made = login();
        made.type = "user.created";
        CPPUNIT_ASSERT_THROW(sink_.publish({made}), std::runtime_error);
    }

    void theLinkMayLeadElsewhere() {
        configure("https://portal.example/me");
        sink_.publish({login()});
        CPPUNIT_ASSERT(bool(run()));
        CPPUNIT_ASSERT_EQUAL(std::string("https://portal.example/me"),
                             text(*bed_.mails.lastTo(address), "link"));
    }

    void aLinkThatIsNoneIsRefused() {
        for (const char* wrong : {"account", "javascript:alert(1)", "http://portal.example"}) {
            const testkit::FakeConfig config(fieldsOf<NewDeviceNotice>(), {{"link", wrong}});
            CPPUNIT_ASSERT_MESSAGE(wrong, !sink_.configure(config, bed_.host));
        }
    }

private:
    static constexpr const char* address = "ada@example.org";

    void configure(const char* link) {
        const testkit::FakeConfig config(fieldsOf<NewDeviceNotice>(), {{"link", link}});
        CPPUNIT_ASSERT(bool(sink_.configure(config, bed_.host)));
        CPPUNIT_ASSERT(bool(sink_.start()));
    }
    Event login() {
        Event event;
        event.type = "login.succeeded";
        event.time = bed_.host.fakeClock.now();
        event.subject = *bed_.host.subjects().of(testkit::FakeContext{}, "people", "id-of-ada");
        event.remoteAddress = "192.0.2.1";
        event.details = {
            {"login", "ada"}, {"new_browser", true}, {"browser", "Firefox"}, {"system", "Linux"}};
        return event;
    }
    Status run(std::size_t number = 0) { return bed_.host.fakeJobs.run(number); }
    static std::string text(const NewMail& mail, std::string_view name) {
        return std::string(mail.values.text(name));
    }

    testkit::FacadeBed bed_;
    NewDeviceNotice sink_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(NewDeviceNoticeTest);

}  // namespace gatehouse
