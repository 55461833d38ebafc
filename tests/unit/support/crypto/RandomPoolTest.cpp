// SPDX-License-Identifier: Apache-2.0
#include "crypto/RandomPool.h"

#include <cppunit/extensions/HelperMacros.h>

#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

class RandomPoolTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RandomPoolTest);
    CPPUNIT_TEST(itGivesAsManyBytesAsAskedFor);
    CPPUNIT_TEST(noBytesComeTwiceAcrossThreadsAndBlocks);
    CPPUNIT_TEST(everyByteValueComes);
    CPPUNIT_TEST_SUITE_END();

public:
    void itGivesAsManyBytesAsAskedFor() {
        for (const std::size_t size : {0U, 1U, 16U, 255U, 256U, 257U, 2048U, 10'000U}) {
            CPPUNIT_ASSERT_EQUAL(size, randomBytes(size).size());
        }
    }

    void noBytesComeTwiceAcrossThreadsAndBlocks() {
        constexpr int rounds = 1000;
        std::mutex mutex;
        std::set<std::string> seen;
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&] {
                for (int round = 0; round < rounds; ++round) {
                    auto bytes = randomBytes(16);
                    const std::lock_guard lock(mutex);
                    seen.insert(std::move(bytes));
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{4 * rounds}, seen.size());
    }

    /// Wiping must not reach bytes that are still to be handed out: zeros would then be far too
    /// many.
    void everyByteValueComes() {
        std::vector<int> counts(256);
        for (int round = 0; round < 4096; ++round) {
            for (const char byte : randomBytes(25)) {
                ++counts[static_cast<unsigned char>(byte)];
            }
        }
        for (const int count : counts) {
            CPPUNIT_ASSERT(count > 200 && count < 800);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RandomPoolTest);

}  // namespace gatehouse
