// SPDX-License-Identifier: Apache-2.0
#include "http/Lanes.h"

#include <gatehouse/testkit/FakeMetrics.h>

#include <cppunit/TestAssert.h>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

class Call final : public Job {
public:
    explicit Call(std::function<void()> what) : what_(std::move(what)) {}
    void run() noexcept override { what_(); }

private:
    std::function<void()> what_;
};

std::shared_ptr<Job> call(std::function<void()> what) {
    return std::make_shared<Call>(std::move(what));
}

LaneSizes sizes(std::size_t threads, std::size_t queue) {
    return {{threads, queue}, {threads, queue}, {threads, queue}, {threads, queue}};
}

}  // namespace

class LanesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LanesTest);
    CPPUNIT_TEST(everyJobRunsOnce);
    CPPUNIT_TEST(jobsThatBlockGetAllThreads);
    CPPUNIT_TEST(aFullQueueRefuses);
    CPPUNIT_TEST(aFullLaneDoesNotHinderAnother);
    CPPUNIT_TEST(theLoopLaneHasNoWorkers);
    CPPUNIT_TEST(whatWaitsRunsBeforeTheEnd);
    CPPUNIT_TEST(theDepthOfTheQueueIsShown);
    CPPUNIT_TEST(aLaneIsStuckWhenAJobWaitsAndNoneIsBegun);
    CPPUNIT_TEST_SUITE_END();

public:
    void everyJobRunsOnce() {
        constexpr int each = 20'000;
        std::atomic<int> ran{0};
        {
            Lanes lanes(sizes(8, 4 * each), metrics_);
            std::vector<std::thread> senders;
            for (int i = 0; i < 4; ++i) {
                senders.emplace_back([&] {
                    for (int n = 0; n < each; ++n) {
                        lanes.submit(Lane::protocol, call([&ran] { ++ran; }));
                    }
                });
            }
            for (auto& sender : senders) {
                sender.join();
            }
        }
        CPPUNIT_ASSERT_EQUAL(4 * each, ran.load());
    }

    /// Each job waits until all run at once: with a thread left asleep none would end.
    void jobsThatBlockGetAllThreads() {
        constexpr std::size_t threads = 16;
        Lanes lanes(sizes(threads, threads), metrics_);
        for (int round = 0; round < 50; ++round) {
            std::promise<void> all;
            const auto together = all.get_future().share();
            std::atomic<std::size_t> running{0};
            std::vector<std::future<void>> ends;
            for (std::size_t i = 0; i < threads; ++i) {
                auto ended = std::make_shared<std::promise<void>>();
                ends.push_back(ended->get_future());
                CPPUNIT_ASSERT(lanes.submit(Lane::people, call([&running, &all, together, ended] {
                                                if (++running == threads) {
                                                    all.set_value();
                                                }
                                                together.wait();
                                                ended->set_value();
                                            })));
            }
            for (auto& end : ends) {
                CPPUNIT_ASSERT(end.wait_for(std::chrono::seconds{30}) == std::future_status::ready);
            }
        }
    }

    void aFullQueueRefuses() {
        std::promise<void> gate;
        const auto opened = gate.get_future().share();
        std::atomic<int> ran{0};
        {
            Lanes lanes(sizes(1, 2), metrics_);
            occupy(lanes, Lane::admin, opened);
            CPPUNIT_ASSERT(lanes.submit(Lane::admin, call([&ran] { ++ran; })));
            CPPUNIT_ASSERT(lanes.submit(Lane::admin, call([&ran] { ++ran; })));
            CPPUNIT_ASSERT(!lanes.submit(Lane::admin, call([&ran] { ++ran; })));
            gate.set_value();
        }
        CPPUNIT_ASSERT_EQUAL(2, ran.load());
    }

    void aFullLaneDoesNotHinderAnother() {
        std::promise<void> gate;
        const auto opened = gate.get_future().share();
        Lanes lanes(sizes(1, 1), metrics_);
        occupy(lanes, Lane::login, opened);
        lanes.submit(Lane::login, call([] {}));
        CPPUNIT_ASSERT(!lanes.submit(Lane::login, call([] {})));
        for (const Lane other : {Lane::protocol, Lane::people, Lane::admin}) {
            std::promise<void> ran;
            CPPUNIT_ASSERT(lanes.submit(other, call([&ran] { ran.set_value(); })));
            ran.get_future().wait();
        }
        gate.set_value();
    }

    void theLoopLaneHasNoWorkers() {
        Lanes lanes(sizes(1, 1), metrics_);
        CPPUNIT_ASSERT(!lanes.submit(Lane::loop, call([] {})));
    }

    void whatWaitsRunsBeforeTheEnd() {
        std::atomic<int> ran{0};
        std::promise<void> gate;
        {
            Lanes lanes(sizes(2, 100), metrics_);
            occupy(lanes, Lane::protocol, gate.get_future().share());
            for (int i = 0; i < 100; ++i) {
                CPPUNIT_ASSERT(lanes.submit(Lane::protocol, call([&ran] { ++ran; })));
            }
            gate.set_value();
        }
        CPPUNIT_ASSERT_EQUAL(100, ran.load());
    }

    void theDepthOfTheQueueIsShown() {
        std::promise<void> gate;
        {
            Lanes lanes(sizes(1, 10), metrics_);
            occupy(lanes, Lane::protocol, gate.get_future().share());
            lanes.submit(Lane::protocol, call([] {}));
            lanes.submit(Lane::protocol, call([] {}));
            CPPUNIT_ASSERT_EQUAL(
                2.0, metrics_.value("gatehouse_http_lane_queue", {{"lane", "protocol"}}));
            gate.set_value();
        }
        CPPUNIT_ASSERT_EQUAL(0.0,
                             metrics_.value("gatehouse_http_lane_queue", {{"lane", "protocol"}}));
    }

    void aLaneIsStuckWhenAJobWaitsAndNoneIsBegun() {
        std::promise<void> gate;
        Lanes lanes(sizes(1, 10), metrics_);
        CPPUNIT_ASSERT(lanes.areMoving());
        occupy(lanes, Lane::people, gate.get_future().share());
        lanes.areMoving();
        CPPUNIT_ASSERT(lanes.areMoving());  // busy, but nobody waits
        lanes.submit(Lane::people, call([] {}));
        CPPUNIT_ASSERT(!lanes.areMoving());
        CPPUNIT_ASSERT(!lanes.areMoving());
        gate.set_value();
        occupy(lanes, Lane::people, gone());  // begun after the one that waited
        CPPUNIT_ASSERT(lanes.areMoving());
    }

private:
    static std::shared_future<void> gone() {
        std::promise<void> open;
        open.set_value();
        return open.get_future().share();
    }

    /// Returns when one thread of the lane runs, and waits for the gate.
    static void occupy(Lanes& lanes, Lane lane, const std::shared_future<void>& gate) {
        auto entered = std::make_shared<std::promise<void>>();
        CPPUNIT_ASSERT(lanes.submit(lane, call([entered, gate] {
                                        entered->set_value();
                                        gate.wait();
                                    })));
        entered->get_future().wait();
    }

    testkit::FakeMetrics metrics_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(LanesTest);

}  // namespace gatehouse
