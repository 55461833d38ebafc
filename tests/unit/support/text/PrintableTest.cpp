// SPDX-License-Identifier: Apache-2.0
#include "text/Printable.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class PrintableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PrintableTest);
    CPPUNIT_TEST(whatPeopleWriteStays);
    CPPUNIT_TEST(lineBreaksAndEscapeSequencesAreShown);
    CPPUNIT_TEST(deleteAndTheSecondControlSetAreShown);
    CPPUNIT_TEST(separatorsAndTurnsOfDirectionAreShown);
    CPPUNIT_TEST(bytesThatAreNoTextAreShown);
    CPPUNIT_TEST(whatStandsBesideThemIsNoControl);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatPeopleWriteStays() {
        const std::string text = "J\xc3\xbcrgen \xd7\xa9 \xf0\x9f\x94\x91 C:\\x \"y\"";
        CPPUNIT_ASSERT_EQUAL(text, printable(text));
        CPPUNIT_ASSERT(!hasControl(text));
    }

    void lineBreaksAndEscapeSequencesAreShown() {
        CPPUNIT_ASSERT_EQUAL(std::string("a\\u000ab\\u000d\\u0009\\u001b]0;x\\u0007"),
                             printable("a\nb\r\t\x1b]0;x\x07"));
        CPPUNIT_ASSERT_EQUAL(std::string("\\u0000"), printable(std::string_view("\0", 1)));
    }

    void deleteAndTheSecondControlSetAreShown() {
        CPPUNIT_ASSERT_EQUAL(std::string("\\u007f\\u0080\\u009b\\u009f"),
                             printable("\x7f\xc2\x80\xc2\x9b\xc2\x9f"));
    }

    void separatorsAndTurnsOfDirectionAreShown() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a\\u202e\\u2066\\u2069"),
            printable("\xd8\x9c\xe2\x80\x8e\xe2\x80\x8f\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa"
                      "\xe2\x80\xae\xe2\x81\xa6\xe2\x81\xa9"));
        CPPUNIT_ASSERT(hasControl("x\xe2\x80\xae"));
    }

    void bytesThatAreNoTextAreShown() {
        CPPUNIT_ASSERT_EQUAL(std::string("a\\xff\\x9b31m\\xc3"),
                             printable("a\xff\x9b\x33\x31m\xc3"));
    }

    void whatStandsBesideThemIsNoControl() {
        for (const char32_t character : {U'\x20', U'\x7e', U'\xa0', U'\u061b', U'\u200d', U'\u2010',
                                         U'\u2027', U'\u202f', U'\u2065', U'\u206a'}) {
            CPPUNIT_ASSERT(!isControl(character));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PrintableTest);

}  // namespace gatehouse
