// SPDX-License-Identifier: Apache-2.0
#include "text/Utf8.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class Utf8Test : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Utf8Test);
    CPPUNIT_TEST(theFirstAndLastCharacterOfEachLengthAreAccepted);
    CPPUNIT_TEST(overlongFormsAreRefused);
    CPPUNIT_TEST(surrogatesAreRefused);
    CPPUNIT_TEST(whatLiesAboveUnicodeIsRefused);
    CPPUNIT_TEST(aCutOrLonelyByteIsRefused);
    CPPUNIT_TEST(aBadByteIsFoundWhereverItStands);
    CPPUNIT_TEST_SUITE_END();

public:
    void theFirstAndLastCharacterOfEachLengthAreAccepted() {
        CPPUNIT_ASSERT(isUtf8(""));
        CPPUNIT_ASSERT(isUtf8(std::string_view("\0\x7f", 2)));
        CPPUNIT_ASSERT(isUtf8("\xc2\x80 \xdf\xbf"));
        CPPUNIT_ASSERT(isUtf8("\xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xef\xbf\xbf"));
        CPPUNIT_ASSERT(isUtf8("\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf"));
    }

    void overlongFormsAreRefused() {
        CPPUNIT_ASSERT(!isUtf8("\xc0\x80"));
        CPPUNIT_ASSERT(!isUtf8("\xc1\xbf"));
        CPPUNIT_ASSERT(!isUtf8("\xe0\x9f\xbf"));
        CPPUNIT_ASSERT(!isUtf8("\xf0\x8f\xbf\xbf"));
    }

    void surrogatesAreRefused() {
        CPPUNIT_ASSERT(!isUtf8("\xed\xa0\x80"));
        CPPUNIT_ASSERT(!isUtf8("\xed\xbf\xbf"));
    }

    void whatLiesAboveUnicodeIsRefused() {
        CPPUNIT_ASSERT(!isUtf8("\xf4\x90\x80\x80"));
        CPPUNIT_ASSERT(!isUtf8("\xf5\x80\x80\x80"));
        CPPUNIT_ASSERT(!isUtf8("\xf8\x88\x80\x80\x80"));
        CPPUNIT_ASSERT(!isUtf8("\xff"));
    }

    void aCutOrLonelyByteIsRefused() {
        CPPUNIT_ASSERT(!isUtf8("\xc3"));
        CPPUNIT_ASSERT(!isUtf8("\xe2\x82"));
        CPPUNIT_ASSERT(!isUtf8("\xf0\x9f\x98"));
        CPPUNIT_ASSERT(!isUtf8("\x80"));
        CPPUNIT_ASSERT(!isUtf8("\xc3(a"));
        CPPUNIT_ASSERT(!isUtf8("\xe2\x82("));
    }

    void aBadByteIsFoundWhereverItStands() {
        for (std::size_t place = 0; place < 40; ++place) {
            std::string text(40, 'a');
            CPPUNIT_ASSERT(isUtf8(text));
            text[place] = '\xff';
            CPPUNIT_ASSERT(!isUtf8(text));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Utf8Test);

}  // namespace gatehouse
