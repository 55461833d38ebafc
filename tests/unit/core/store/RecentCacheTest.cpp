// SPDX-License-Identifier: Apache-2.0
#include "store/RecentCache.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

class RecentCacheTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RecentCacheTest);
    CPPUNIT_TEST(whatWasPutIsFoundUntilItIsForgotten);
    CPPUNIT_TEST(aNewerValueReplacesTheOlder);
    CPPUNIT_TEST(itNeverKeepsMoreThanItsLimit);
    CPPUNIT_TEST(whatIsAskedForStaysWhileOthersGo);
    CPPUNIT_TEST(whatIsStaleIsNotPut);
    CPPUNIT_TEST(threadsShareIt);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatWasPutIsFoundUntilItIsForgotten() {
        CPPUNIT_ASSERT(cache_.find("a") == nullptr);
        put("a", 1);
        CPPUNIT_ASSERT_EQUAL(1, *cache_.find("a"));
        fill(limit / 2);
        cache_.forget("a");
        CPPUNIT_ASSERT(cache_.find("a") == nullptr);
    }

    void aNewerValueReplacesTheOlder() {
        put("a", 1);
        put("a", 2);
        CPPUNIT_ASSERT_EQUAL(2, *cache_.find("a"));
        fill(limit / 2);
        put("a", 3);
        CPPUNIT_ASSERT_EQUAL(3, *cache_.find("a"));
    }

    void itNeverKeepsMoreThanItsLimit() {
        fill(10 * limit);
        std::size_t kept = 0;
        for (std::size_t number = 0; number < 10 * limit; ++number) {
            kept += cache_.find(std::to_string(number)) == nullptr ? 0 : 1;
        }
        CPPUNIT_ASSERT(kept > 0 && kept <= limit);
    }

    void whatIsAskedForStaysWhileOthersGo() {
        put("popular", 1);
        for (std::size_t number = 0; number < 10 * limit; ++number) {
            put(std::to_string(number), 0);
            CPPUNIT_ASSERT(cache_.find("popular") != nullptr);
        }
        CPPUNIT_ASSERT(cache_.find("0") == nullptr);
    }

    void whatIsStaleIsNotPut() {
        cache_.put("a", std::make_shared<const int>(1), [] { return true; });
        CPPUNIT_ASSERT(cache_.find("a") == nullptr);
    }

    void threadsShareIt() {
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([this] {
                for (std::size_t number = 0; number < 4 * limit; ++number) {
                    const std::string key = std::to_string(number % (2 * limit));
                    if (const auto found = cache_.find(key)) {
                        CPPUNIT_ASSERT_EQUAL(key, std::to_string(*found));
                    }
                    put(key, std::stoi(key));
                    cache_.forget(std::to_string(number / 2));
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
    }

private:
    static constexpr std::size_t limit = 320;

    void put(const std::string& key, int value) {
        cache_.put(key, std::make_shared<const int>(value));
    }
    void fill(std::size_t count) {
        for (std::size_t number = 0; number < count; ++number) {
            put(std::to_string(number), 0);
        }
    }

    RecentCache<int> cache_{limit};
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecentCacheTest);

}  // namespace gatehouse
