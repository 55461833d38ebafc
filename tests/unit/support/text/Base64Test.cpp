// SPDX-License-Identifier: Apache-2.0
#include "text/Base64.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class Base64Test : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Base64Test);
    CPPUNIT_TEST(theVectorsOfRfc4648Hold);
    CPPUNIT_TEST(theOtherAlphabetIsRefused);
    CPPUNIT_TEST(paddingStandsAtTheEndAndNowhereElse);
    CPPUNIT_TEST_SUITE_END();

public:
    void theVectorsOfRfc4648Hold() {
        const std::string whole = "foobar";
        const std::string texts[] = {"",         "Zg==",     "Zm8=",    "Zm9v",
                                     "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            CPPUNIT_ASSERT_EQUAL(texts[size], base64(whole.substr(0, size)));
            CPPUNIT_ASSERT_EQUAL(whole.substr(0, size), fromBase64(texts[size]).value());
        }
    }

    void theOtherAlphabetIsRefused() {
        CPPUNIT_ASSERT(fromBase64("+/+/") == "\xfb\xff\xbf");
        CPPUNIT_ASSERT(!fromBase64("-/+/"));
        CPPUNIT_ASSERT(!fromBase64("+_+/"));
    }

    void paddingStandsAtTheEndAndNowhereElse() {
        for (const auto* text : {"Zg", "Zm8", "Z===", "====", "Zg==Zm9v", "=m9v", "Zm9v Zm9"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !fromBase64(text));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Base64Test);

}  // namespace gatehouse
