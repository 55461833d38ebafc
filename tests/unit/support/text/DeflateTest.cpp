// SPDX-License-Identifier: Apache-2.0
#include "text/Deflate.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class DeflateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DeflateTest);
    CPPUNIT_TEST(whatIsPackedComesBack);
    CPPUNIT_TEST(whatRepeatsGetsShort);
    CPPUNIT_TEST(damageIsSeen);
    CPPUNIT_TEST(nothingGrowsBeyondItsLimit);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsPackedComesBack() {
        for (const auto& text :
             {std::string("a"), std::string("\0\xff", 2), std::string(100'000, 'x')}) {
            const auto back = inflated(deflated(text), text.size());
            CPPUNIT_ASSERT(back);
            CPPUNIT_ASSERT(*back == text);
        }
    }

    void whatRepeatsGetsShort() { CPPUNIT_ASSERT(deflated(std::string(10'000, 'x')).size() < 100); }

    void damageIsSeen() {
        const auto packed = deflated("a text that is long enough to be damaged here and there");
        for (std::size_t at = 0; at < packed.size(); ++at) {
            auto damaged = packed;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
            CPPUNIT_ASSERT_MESSAGE(std::to_string(at), !inflated(damaged, 1000));
        }
        CPPUNIT_ASSERT(!inflated("", 1000));
        CPPUNIT_ASSERT(!inflated(packed.substr(0, packed.size() - 1), 1000));
    }

    void nothingGrowsBeyondItsLimit() {
        const auto packed = deflated(std::string(1001, 'x'));
        CPPUNIT_ASSERT(!inflated(packed, 1000));
        CPPUNIT_ASSERT(inflated(packed, 1001));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DeflateTest);

}  // namespace gatehouse
