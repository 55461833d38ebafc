// SPDX-License-Identifier: Apache-2.0
#include "SoftAuthenticator.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class PasskeyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PasskeyTest);
    CPPUNIT_TEST(whatIsKeptIsReadAgain);
    CPPUNIT_TEST(whatIsNoneIsNotRead);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsKeptIsReadAgain() {
        auto passkey = SoftAuthenticator().passkey("id");
        passkey.signCount = 0xFFFFFFFF;
        passkey.isBackupEligible = true;
        passkey.transports = {"usb"};
        passkey.name = "Key";
        passkey.added = TimePoint{seconds{5}};
        passkey.store = "people";
        passkey.userId = "7";
        const auto unused = Passkey::parse(passkey.text().view());
        CPPUNIT_ASSERT(unused && !unused->used);
        passkey.used = TimePoint{seconds{6}};
        const auto read = Passkey::parse(passkey.text().view());
        CPPUNIT_ASSERT(read);
        CPPUNIT_ASSERT(read->text().view() == passkey.text().view());
        CPPUNIT_ASSERT_EQUAL(passkey.signCount, read->signCount);
        CPPUNIT_ASSERT(read->isBackupEligible && !read->isBackedUp && read->used == passkey.used);
    }

    void whatIsNoneIsNotRead() {
        for (const auto* text : {"", "[]", "{}", R"({"id":"aa"})", R"({"id":"aa","key":""})",
                                 R"({"id":"=","key":"aa"})"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !Passkey::parse(text));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PasskeyTest);

}  // namespace gatehouse
