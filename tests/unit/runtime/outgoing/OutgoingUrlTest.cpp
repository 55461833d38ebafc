// SPDX-License-Identifier: Apache-2.0
#include "outgoing/OutgoingUrl.h"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class OutgoingUrlTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutgoingUrlTest);
    CPPUNIT_TEST(aUrlIsTakenApart);
    CPPUNIT_TEST(whatTwoReadersCouldUnderstandDifferentlyIsNone);
    CPPUNIT_TEST_SUITE_END();

public:
    void aUrlIsTakenApart() {
        CPPUNIT_ASSERT_EQUAL(std::string("https://a.example:443 /b?c=d a.example"),
                             told("HTTPS://A.example/b?c=d"));
        CPPUNIT_ASSERT_EQUAL(std::string("http://a.example:8080 / a.example:8080"),
                             told("http://a.example:8080"));
        CPPUNIT_ASSERT_EQUAL(std::string("https://[::1]:443 /?x [::1]"), told("https://[::1]?x"));
        CPPUNIT_ASSERT_EQUAL(std::string("::1"),
                             std::string(OutgoingUrl::parse("https://[::1]")->bareHost()));
    }

    void whatTwoReadersCouldUnderstandDifferentlyIsNone() {
        for (const char* text : {"",
                                 "a.example",
                                 "//a.example/",
                                 "ftp://a.example/",
                                 "https://",
                                 "https:///x",
                                 "https://a.example:0/",
                                 "https://a.example:65536/",
                                 "https://a.example:/",
                                 "https://user@a.example/",
                                 "https://a.example@b.example/",
                                 "https://a.example/#b",
                                 "https://a.example#@b.example/",
                                 "https://a.example\\@b.example/",
                                 "https://a.example/b c",
                                 "https://a.example/\r\nX: y",
                                 "https://a.example/\xC3\xA4",
                                 "https://2130706433/",
                                 "https://0x7f.1/",
                                 "https://127.1/",
                                 "https://0177.0.0.1/",
                                 "https://a%2eexample/",
                                 "https://[fe80::1%25eth0]/"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !OutgoingUrl::parse(text));
        }
    }

private:
    static std::string told(const char* text) {
        const auto url = OutgoingUrl::parse(text);
        CPPUNIT_ASSERT_MESSAGE(text, bool(url));
        return url->origin() + " " + url->target + " " + url->authority();
    }
};

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::OutgoingUrlTest);
