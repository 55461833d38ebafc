// SPDX-License-Identifier: Apache-2.0
#include "passwords/HashPool.h"

#include <gatehouse/testkit/FakeClock.h>
#include <gatehouse/testkit/FakeContext.h>

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace gatehouse {

class HashPoolTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HashPoolTest);
    CPPUNIT_TEST(workIsDoneOnAnotherThread);
    CPPUNIT_TEST(aFullQueueRefusesAtOnce);
    CPPUNIT_TEST(whatWaitedBeyondItsDeadlineIsNotDone);
    CPPUNIT_TEST(stoppingReleasesWhoWaits);
    CPPUNIT_TEST(nothingIsDoneBeforeStartOrAfterStop);
    CPPUNIT_TEST(anExceptionBecomesAnError);
    CPPUNIT_TEST(noMoreThreadsWorkThanAllowed);
    CPPUNIT_TEST_SUITE_END();

    void workIsDoneOnAnotherThread() {
        HashPool pool(clock_, 1, 1);
        pool.start();
        std::thread::id worker;
        CPPUNIT_ASSERT(pool.run(context_, [&] { worker = std::this_thread::get_id(); }));
        CPPUNIT_ASSERT(worker != std::this_thread::get_id());
    }

    void aFullQueueRefusesAtOnce() {
        HashPool pool(clock_, 1, 1);
        pool.start();
        auto running = occupy(pool);
        const auto ask = [&] { return pool.run(context_, [] {}); };
        auto first = std::async(std::launch::async, ask);
        auto second = std::async(std::launch::async, ask);
        while (!isReady(first) && !isReady(second)) {
            std::this_thread::yield();
        }
        const bool isFirst = isReady(first);
        auto& refused = isFirst ? first : second;
        auto& waiting = isFirst ? second : first;
        const auto status = refused.get();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().fault == Fault::unavailable);
        release_.set_value();
        CPPUNIT_ASSERT(running.get());
        CPPUNIT_ASSERT(waiting.get());
    }

    void whatWaitedBeyondItsDeadlineIsNotDone() {
        HashPool pool(clock_, 1, 1);
        pool.start();
        testkit::FakeContext hurried;
        hurried.deadline = clock_.steady();
        clock_.advance(milliseconds{1});
        bool isDone = false;
        const auto status = pool.run(hurried, [&] { isDone = true; });
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(!isDone);
    }

    void stoppingReleasesWhoWaits() {
        HashPool pool(clock_, 1, 8);
        pool.start();
        auto running = occupy(pool);
        std::atomic<bool> isDone{false};
        auto waiting = std::async(std::launch::async,
                                  [&] { return pool.run(context_, [&] { isDone = true; }); });
        auto stopping = std::async(std::launch::async, [&] { pool.stop(); });
        const auto status = waiting.get();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(!isDone);
        release_.set_value();
        stopping.get();
        CPPUNIT_ASSERT(running.get());
        pool.stop();
    }

    void nothingIsDoneBeforeStartOrAfterStop() {
        HashPool pool(clock_, 1, 1);
        CPPUNIT_ASSERT(!pool.run(context_, [] {}));
        pool.start();
        CPPUNIT_ASSERT(pool.run(context_, [] {}));
        pool.stop();
        CPPUNIT_ASSERT(!pool.run(context_, [] {}));
    }

    void anExceptionBecomesAnError() {
        HashPool pool(clock_, 1, 1);
        pool.start();
        const auto status = pool.run(context_, [] { throw std::runtime_error("oops"); });
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().fault == Fault::internal);
        CPPUNIT_ASSERT(pool.run(context_, [] {}));
    }

    void noMoreThreadsWorkThanAllowed() {
        HashPool pool(clock_, 2, 100);
        pool.start();
        std::atomic<int> now{0};
        std::atomic<int> most{0};
        std::vector<std::future<Status>> jobs;
        for (int number = 0; number < 32; ++number) {
            jobs.push_back(std::async(std::launch::async, [&] {
                return pool.run(context_, [&] {
                    const int working = ++now;
                    int seen = most;
                    while (working > seen && !most.compare_exchange_weak(seen, working)) {
                    }
                    std::this_thread::yield();
                    --now;
                });
            }));
        }
        for (auto& job : jobs) {
            CPPUNIT_ASSERT(job.get());
        }
        CPPUNIT_ASSERT(most.load() >= 1 && most.load() <= 2);
    }

    /// Keeps the pool's only thread busy until `release_` is set.
    std::future<Status> occupy(HashPool& pool) {
        auto isBusy = std::make_shared<std::promise<void>>();
        auto busy = isBusy->get_future();
        auto running = std::async(std::launch::async, [this, &pool, isBusy] {
            return pool.run(context_, [this, isBusy] {
                isBusy->set_value();
                release_.get_future().wait();
            });
        });
        busy.wait();
        return running;
    }
    static bool isReady(const std::future<Status>& answer) {
        return answer.wait_for(seconds{0}) == std::future_status::ready;
    }

    testkit::FakeClock clock_;
    testkit::FakeContext context_;
    std::promise<void> release_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(HashPoolTest);

}  // namespace gatehouse
