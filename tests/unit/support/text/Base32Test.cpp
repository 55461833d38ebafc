// SPDX-License-Identifier: Apache-2.0
#include "text/Base32.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class Base32Test : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Base32Test);
    CPPUNIT_TEST(theVectorsOfTheRfc);
    CPPUNIT_TEST(peopleWriteItAsTheyLike);
    CPPUNIT_TEST(whatIsNoneIsRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    /// RFC 4648 section 10, without padding.
    void theVectorsOfTheRfc() {
        constexpr std::pair<const char*, const char*> vectors[] = {
            {"f", "MY"},         {"fo", "MZXQ"},        {"foo", "MZXW6"},
            {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
        for (const auto& [bytes, text] : vectors) {
            CPPUNIT_ASSERT_EQUAL(std::string(text), base32(bytes));
            CPPUNIT_ASSERT_EQUAL(std::string(bytes), std::string(fromBase32(text)->view()));
        }
        CPPUNIT_ASSERT_EQUAL(std::string(), base32(""));
    }

    void peopleWriteItAsTheyLike() {
        for (const auto* text : {"mzxw 6ytb oi", "MZXW6YTBOI======", "MzXw6YtBoI"}) {
            CPPUNIT_ASSERT_EQUAL(std::string("foobar"), std::string(fromBase32(text)->view()));
        }
    }

    void whatIsNoneIsRefused() {
        for (const auto* text : {"", " ", "=", "M", "MZX", "MZXW6YTBO1", "MZ-XW", "MZXW6\n"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !fromBase32(text));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Base32Test);

}  // namespace gatehouse
