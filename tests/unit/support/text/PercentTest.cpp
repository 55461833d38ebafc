// SPDX-License-Identifier: Apache-2.0
#include "text/Percent.h"

#include "text/Escape.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class PercentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PercentTest);
    CPPUNIT_TEST(onlyUnreservedCharactersStay);
    CPPUNIT_TEST(hexDigitsOfBothCasesAreRead);
    CPPUNIT_TEST(aPlusStaysAPlus);
    CPPUNIT_TEST(aWrongEscapeIsRefused);
    CPPUNIT_TEST(nulIsRefused);
    CPPUNIT_TEST(bytesThatAreNotUtf8AreRefused);
    CPPUNIT_TEST(anEscapeIsDecodedOnce);
    CPPUNIT_TEST(htmlIsEscapedForContentAndAttributes);
    CPPUNIT_TEST_SUITE_END();

public:
    void onlyUnreservedCharactersStay() {
        CPPUNIT_ASSERT_EQUAL(std::string("aZ09-._~"), percentEncode("aZ09-._~"));
        CPPUNIT_ASSERT_EQUAL(std::string("%20%2B%26%3D%2F%3F%25%C3%A9"),
                             percentEncode(" +&=/?%\xc3\xa9"));
    }

    void hexDigitsOfBothCasesAreRead() {
        CPPUNIT_ASSERT(percentDecode("%c3%A9%2F") == "\xc3\xa9/");
    }

    void aPlusStaysAPlus() { CPPUNIT_ASSERT(percentDecode("a+b") == "a+b"); }

    void aWrongEscapeIsRefused() {
        for (const char* text :
             {"%", "a%", "%4", "%4g", "%g4", "%%41", "% 41", "%+1", "%-1", "%0x41"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !percentDecode(text));
        }
    }

    void nulIsRefused() {
        CPPUNIT_ASSERT(!percentDecode("a%00b"));
        CPPUNIT_ASSERT(!percentDecode(std::string_view("a\0b", 3)));
    }

    void bytesThatAreNotUtf8AreRefused() {
        CPPUNIT_ASSERT(!percentDecode("%ff"));
        CPPUNIT_ASSERT(!percentDecode("%c0%af"));
        CPPUNIT_ASSERT(!percentDecode("%ed%a0%80"));
        CPPUNIT_ASSERT(!percentDecode("\xff"));
    }

    void anEscapeIsDecodedOnce() { CPPUNIT_ASSERT(percentDecode("%2541") == "%41"); }

    void htmlIsEscapedForContentAndAttributes() {
        CPPUNIT_ASSERT_EQUAL(std::string("&lt;a href=&quot;x&quot; on=&#39;y&#39;&gt;&amp;amp;"),
                             escapeHtml("<a href=\"x\" on='y'>&amp;"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PercentTest);

}  // namespace gatehouse
