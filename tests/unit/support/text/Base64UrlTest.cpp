// SPDX-License-Identifier: Apache-2.0
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class Base64UrlTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Base64UrlTest);
    CPPUNIT_TEST(theVectorsOfRfc4648Hold);
    CPPUNIT_TEST(theTwoSpecialCharactersAreThoseOfTheUrlAlphabet);
    CPPUNIT_TEST(everyLengthAndByteComesBack);
    CPPUNIT_TEST(paddingIsRefused);
    CPPUNIT_TEST(theOtherAlphabetIsRefused);
    CPPUNIT_TEST(anImpossibleLengthIsRefused);
    CPPUNIT_TEST(strayTrailingBitsAreRefused);
    CPPUNIT_TEST(whiteSpaceNulAndHighBytesAreRefused);
    CPPUNIT_TEST(appendingKeepsWhatIsThere);
    CPPUNIT_TEST_SUITE_END();

public:
    void theVectorsOfRfc4648Hold() {
        const std::string whole = "foobar";
        const std::string texts[] = {"", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy"};
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            CPPUNIT_ASSERT_EQUAL(texts[size], base64url(whole.substr(0, size)));
            CPPUNIT_ASSERT_EQUAL(whole.substr(0, size), fromBase64url(texts[size]).value());
        }
    }

    void theTwoSpecialCharactersAreThoseOfTheUrlAlphabet() {
        CPPUNIT_ASSERT_EQUAL(std::string("-_-_"), base64url("\xfb\xff\xbf"));
    }

    void everyLengthAndByteComesBack() {
        std::string bytes;
        for (int size = 0; size < 600; ++size) {
            CPPUNIT_ASSERT(fromBase64url(base64url(bytes)) == bytes);
            bytes += static_cast<char>(static_cast<unsigned char>((size * 7) & 0xff));
        }
    }

    void paddingIsRefused() {
        CPPUNIT_ASSERT(!fromBase64url("Zg=="));
        CPPUNIT_ASSERT(!fromBase64url("Zm8="));
        CPPUNIT_ASSERT(!fromBase64url("="));
    }

    void theOtherAlphabetIsRefused() {
        CPPUNIT_ASSERT(!fromBase64url("+/+/"));
        CPPUNIT_ASSERT(fromBase64url("-_-_"));
    }

    void anImpossibleLengthIsRefused() {
        CPPUNIT_ASSERT(!fromBase64url("A"));
        CPPUNIT_ASSERT(!fromBase64url("Zm9vA"));
    }

    void strayTrailingBitsAreRefused() {
        CPPUNIT_ASSERT(fromBase64url("Zg") == "f");
        CPPUNIT_ASSERT(!fromBase64url("Zh"));
        CPPUNIT_ASSERT(fromBase64url("Zm8") == "fo");
        CPPUNIT_ASSERT(!fromBase64url("Zm9"));
    }

    void whiteSpaceNulAndHighBytesAreRefused() {
        CPPUNIT_ASSERT(!fromBase64url("Zm9v Zm9"));
        CPPUNIT_ASSERT(!fromBase64url("Zm9v\n"));
        CPPUNIT_ASSERT(!fromBase64url(std::string_view("Zm\0v", 4)));
        CPPUNIT_ASSERT(!fromBase64url("Zm9\xff"));
    }

    void appendingKeepsWhatIsThere() {
        std::string out = "head.";
        appendBase64url(out, "foob");
        CPPUNIT_ASSERT_EQUAL(std::string("head.Zm9vYg"), out);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Base64UrlTest);

}  // namespace gatehouse
