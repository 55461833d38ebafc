// SPDX-License-Identifier: Apache-2.0
#include "ObjectGuid.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ObjectGuidTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ObjectGuidTest);
    CPPUNIT_TEST(bytesAreWrittenAsTheToolsDo);
    CPPUNIT_TEST(nothingElseIsOne);
    CPPUNIT_TEST_SUITE_END();

public:
    void bytesAreWrittenAsTheToolsDo() {
        const std::string bytes("\x33\x22\x11\x00\x55\x44\x77\x66\x88\x99\xaa\xbb\xcc\xdd\xee\xff",
                                16);
        const std::string text = "00112233-4455-6677-8899-aabbccddeeff";
        CPPUNIT_ASSERT(guidText(bytes) == text);
        CPPUNIT_ASSERT(guidBytes(text) == bytes);
    }

    void nothingElseIsOne() {
        CPPUNIT_ASSERT(!guidText("") && !guidText("fifteen bytes..") &&
                       !guidText(std::string(17, 'x')));
        for (const char* text :
             {"", "-", "00112233-4455-6677-8899-aabbccddeef",
              "00112233-4455-6677-8899-AABBCCDDEEFF", "00112233445566778899aabbccddeeff",
              "0011223-34455-6677-8899-aabbccddeeff", "00112233-4455-6677-8899-aabbccddeefg",
              "00112233-4455-6677-8899-aabbccddeeff-", "{00112233-4455-6677-8899-aabbccddeeff}"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !guidBytes(text));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ObjectGuidTest);

}  // namespace gatehouse
