// SPDX-License-Identifier: Apache-2.0
#include "crypto/HmacKey.h"

#include "text/Hex.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

class HmacKeyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HmacKeyTest);
    CPPUNIT_TEST(vectorsOfRfc4231);
    CPPUNIT_TEST(noTextLeavesATraceInTheNext);
    CPPUNIT_TEST(manyThreadsShareAKey);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* question = "what do ya want for nothing?";
    static constexpr const char* answer =
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    const HmacKey jefe_{Secret("Jefe")};

public:
    void vectorsOfRfc4231() {
        CPPUNIT_ASSERT_EQUAL(std::string(answer), hex(jefe_.of(question)));
        const HmacKey longer(Secret(std::string(131, '\xaa')));
        CPPUNIT_ASSERT_EQUAL(
            std::string("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
            hex(longer.of("Test Using Larger Than Block-Size Key - Hash Key First")));
    }

    void noTextLeavesATraceInTheNext() {
        for (const auto* text : {"", "a", "what do ya want"}) {
            jefe_.of(text);
            CPPUNIT_ASSERT_EQUAL(std::string(answer), hex(jefe_.of(question)));
        }
    }

    void manyThreadsShareAKey() {
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                for (int text = 0; text < 500; ++text) {
                    wrong += hex(jefe_.of(question)) == answer ? 0 : 1;
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HmacKeyTest);

}  // namespace gatehouse
