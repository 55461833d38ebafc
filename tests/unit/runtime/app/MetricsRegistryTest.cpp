// SPDX-License-Identifier: Apache-2.0
#include "app/MetricsRegistry.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>
#include <thread>
#include <vector>

namespace gatehouse {

class MetricsRegistryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MetricsRegistryTest);
    CPPUNIT_TEST(theSameNameAndLabelsAreTheSameCounter);
    CPPUNIT_TEST(noCountIsLostBetweenThreads);
    CPPUNIT_TEST(bucketsAreCumulative);
    CPPUNIT_TEST(aNameHasOneType);
    CPPUNIT_TEST_SUITE_END();

public:
    void theSameNameAndLabelsAreTheSameCounter() {
        auto& first = registry_.counter("gatehouse_x_total", "help", {{"a", "1"}});
        first.add(2);
        registry_.counter("gatehouse_x_total", "help", {{"a", "1"}}).add();
        registry_.counter("gatehouse_x_total", "help", {{"a", "2"}}).add(7);
        const auto snapshot = registry_.snapshot();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, snapshot.size());
        CPPUNIT_ASSERT_EQUAL(std::string("gatehouse_x_total"), snapshot[0].name);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, snapshot[0].samples.size());
        CPPUNIT_ASSERT_EQUAL(3.0, snapshot[0].samples[0].value);
        CPPUNIT_ASSERT_EQUAL(7.0, snapshot[0].samples[1].value);
    }

    void noCountIsLostBetweenThreads() {
        constexpr int times = 20'000;
        auto& counter = registry_.counter("gatehouse_x_total", "help", {});
        auto& histogram = registry_.histogram("gatehouse_y_seconds", "help", {});
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&] {
                for (int time = 0; time < times; ++time) {
                    counter.add();
                    histogram.observe(0.001);
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        const auto snapshot = registry_.snapshot();
        CPPUNIT_ASSERT_EQUAL(4.0 * times, snapshot[0].samples[0].value);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4 * times}, snapshot[1].samples[0].count);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.001 * 4 * times, snapshot[1].samples[0].value, 0.01);
    }

    void bucketsAreCumulative() {
        auto& histogram = registry_.histogram("gatehouse_y_seconds", "help", {});
        for (const double value : {0.001, 0.002, 0.2, 60.0, -1.0}) {
            histogram.observe(value);
        }
        const auto sample = registry_.snapshot()[0].samples[0];
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, sample.count);
        for (const auto& [bound, count] : sample.buckets) {
            const std::uint64_t expected = bound < 0.001   ? 1
                                           : bound < 0.002 ? 2
                                           : bound < 0.2   ? 3
                                                           : 4;
            CPPUNIT_ASSERT_EQUAL(expected, count);
        }
    }

    void aNameHasOneType() {
        registry_.counter("gatehouse_x_total", "help", {});
        CPPUNIT_ASSERT_THROW(registry_.gauge("gatehouse_x_total", "help", {}), std::logic_error);
    }

private:
    MetricsRegistry registry_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(MetricsRegistryTest);

}  // namespace gatehouse
