// SPDX-License-Identifier: Apache-2.0
#include "app/EventBus.h"

#include <gatehouse/testkit/FakeLog.h>

#include "app/MetricsRegistry.h"
#include "app/SystemClock.h"

#include <cppunit/extensions/HelperMacros.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

namespace {

/// Remembers what came; can be held up.
class KeepingSink final : public EventSink {
public:
    void publish(const std::vector<Event>& events) override {
        std::unique_lock lock(mutex_);
        isIn_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return !isHeld_; });
        seen_.insert(seen_.end(), events.begin(), events.end());
        isIn_ = false;
    }
    void hold(bool isHeld) {
        const std::lock_guard lock(mutex_);
        isHeld_ = isHeld;
        changed_.notify_all();
    }
    void awaitCall() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return isIn_; });
    }
    std::vector<Event> seen() const {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool isHeld_ = false;
    bool isIn_ = false;
    std::vector<Event> seen_;
};

class ThrowingSink final : public EventSink {
public:
    void publish(const std::vector<Event>& /*events*/) override { throw 7; }
};

/// Nothing takes too long for a busy machine.
constexpr SinkQueue::Limits patient{10'000, milliseconds{3'600'000}, milliseconds{3'600'000}};
constexpr SinkQueue::Limits hasty{1, milliseconds{1}, milliseconds{1}};
constexpr SinkQueue::Limits tight{1, milliseconds{3'600'000}, milliseconds{3'600'000}};

Event eventOf(const std::string& subject) {
    Event event;
    event.type = "login.succeeded";
    event.subject = subject;
    return event;
}

}  // namespace

class EventBusTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EventBusTest);
    CPPUNIT_TEST(everySinkGetsEveryEventInOrder);
    CPPUNIT_TEST(timeIssuerAndRequestAreFilledIn);
    CPPUNIT_TEST(nothingIsLostWhenTheBusEnds);
    CPPUNIT_TEST(aSlowSinkMakesPublishersWaitAndIsCounted);
    CPPUNIT_TEST(afterAChangeTheOldSinkIsNotUsed);
    CPPUNIT_TEST(aStuckSinkHoldsUpNobodyForLongAndSaysSo);
    CPPUNIT_TEST(aStuckSinkTakesNothingFromOthers);
    CPPUNIT_TEST(whoHasNoTimeLeftDoesNotFindASinkStuck);
    CPPUNIT_TEST(aSinkThatGoesOnIsReadyAgain);
    CPPUNIT_TEST(whereEventsMayBeLostNobodyWaits);
    CPPUNIT_TEST(anExceptionOfASinkIsCountedAndOthersGetTheEvent);
    CPPUNIT_TEST_SUITE_END();

public:
    void everySinkGetsEveryEventInOrder() {
        const auto second = std::make_shared<KeepingSink>();
        EventBus bus(clock_, metrics_, log_, patient);
        bus.setSinks({{sink_, "first"}, {second, "second"}});
        for (int number = 0; number < 500; ++number) {
            bus.publish(context_, eventOf(std::to_string(number)));
        }
        bus.flush();
        for (const auto& sink : {sink_, second}) {
            const auto seen = sink->seen();
            CPPUNIT_ASSERT_EQUAL(std::size_t{500}, seen.size());
            for (std::size_t number = 0; number < seen.size(); ++number) {
                CPPUNIT_ASSERT_EQUAL(std::to_string(number), seen[number].subject);
            }
        }
    }

    void timeIssuerAndRequestAreFilledIn() {
        EventBus bus(clock_, metrics_, log_, patient);
        bus.setSinks({{sink_, "first"}});
        const TimePoint before = clock_.now();
        bus.publish(context_, eventOf("u1"));
        bus.flush();
        const Event event = sink_->seen().at(0);
        CPPUNIT_ASSERT(event.time >= before);
        CPPUNIT_ASSERT_EQUAL(IssuerId{7}, event.issuer);
        CPPUNIT_ASSERT_EQUAL(std::string("r1"), event.requestId);
    }

    void nothingIsLostWhenTheBusEnds() {
        {
            EventBus bus(clock_, metrics_, log_, patient);
            bus.setSinks({{sink_, "first"}});
            for (int number = 0; number < 100; ++number) {
                bus.publish(context_, eventOf("u1"));
            }
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{100}, sink_->seen().size());
    }

    void aSlowSinkMakesPublishersWaitAndIsCounted() {
        EventBus bus(clock_, metrics_, log_, tight);
        bus.setSinks({{sink_, "first"}});
        sink_->hold(true);
        bus.publish(context_, eventOf("under way"));
        sink_->awaitCall();
        bus.publish(context_, eventOf("waiting"));
        std::thread publisher([&] { bus.publish(context_, eventOf("kept out")); });
        while (valueOf("gatehouse_events_waited_total", "first") == 0) {
            std::this_thread::yield();
        }
        sink_->hold(false);
        publisher.join();
        bus.flush();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, sink_->seen().size());
        CPPUNIT_ASSERT_EQUAL(1.0, valueOf("gatehouse_events_waited_total", "first"));
    }

    void afterAChangeTheOldSinkIsNotUsed() {
        const auto next = std::make_shared<KeepingSink>();
        EventBus bus(clock_, metrics_, log_, patient);
        bus.setSinks({{sink_, "first"}});
        bus.publish(context_, eventOf("first"));
        bus.setSinks({{next, "next"}});
        CPPUNIT_ASSERT_EQUAL(1L, sink_.use_count());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sink_->seen().size());
        bus.publish(context_, eventOf("second"));
        bus.flush();
        CPPUNIT_ASSERT_EQUAL(std::string("second"), next->seen().at(0).subject);
    }

    void aStuckSinkHoldsUpNobodyForLongAndSaysSo() {
        EventBus bus(clock_, metrics_, log_, hasty);
        bus.setSinks({{sink_, "stuck"}});
        fill(bus);
        bus.publish(context_, eventOf("lost"));
        CPPUNIT_ASSERT(bus.stuck() == std::vector<std::string>{"stuck"});
        bus.publish(context_, eventOf("lost too, and at once"));
        CPPUNIT_ASSERT_EQUAL(2.0, valueOf("gatehouse_events_lost_total", "stuck"));
        CPPUNIT_ASSERT_EQUAL(1.0, valueOf("gatehouse_events_waited_total", "stuck"));
        CPPUNIT_ASSERT(log_->says("audit events are lost to stuck"));
        bus.setSinks({});
        CPPUNIT_ASSERT(log_->says("stuck is left with the audit events"));
        sink_->hold(false);
    }

    void aStuckSinkTakesNothingFromOthers() {
        const auto other = std::make_shared<KeepingSink>();
        EventBus bus(clock_, metrics_, log_, patient);
        bus.setSinks({{sink_, "stuck"}, {other, "other"}});
        fill(bus);
        while (other->seen().size() < 2) {
            std::this_thread::yield();
        }
        sink_->hold(false);
    }

    void whoHasNoTimeLeftDoesNotFindASinkStuck() {
        EventBus bus(clock_, metrics_, log_, tight);
        bus.setSinks({{sink_, "slow"}});
        fill(bus);
        bus.publish({issuer_, "r2", {}, clock_.steady()}, eventOf("lost"));
        CPPUNIT_ASSERT(bus.stuck().empty());
        CPPUNIT_ASSERT_EQUAL(1.0, valueOf("gatehouse_events_lost_total", "slow"));
        sink_->hold(false);
    }

    void aSinkThatGoesOnIsReadyAgain() {
        EventBus bus(clock_, metrics_, log_, {1, milliseconds{1}, milliseconds{3'600'000}});
        bus.setSinks({{sink_, "slow"}});
        fill(bus);
        bus.publish(context_, eventOf("lost"));
        CPPUNIT_ASSERT(!bus.stuck().empty());
        sink_->hold(false);
        bus.flush();
        CPPUNIT_ASSERT(bus.stuck().empty());
        CPPUNIT_ASSERT(log_->says("slow takes audit events again"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, sink_->seen().size());
    }

    void whereEventsMayBeLostNobodyWaits() {
        EventBus bus(clock_, metrics_, log_, tight);
        bus.setSinks({{sink_, "lossy", WhenFull::drop}});
        fill(bus);
        bus.publish(context_, eventOf("lost"));
        CPPUNIT_ASSERT_EQUAL(1.0, valueOf("gatehouse_events_lost_total", "lossy"));
        CPPUNIT_ASSERT_EQUAL(0.0, valueOf("gatehouse_events_waited_total", "lossy"));
        CPPUNIT_ASSERT(bus.stuck().empty());
        sink_->hold(false);
    }

    void anExceptionOfASinkIsCountedAndOthersGetTheEvent() {
        const auto other = std::make_shared<KeepingSink>();
        EventBus bus(clock_, metrics_, log_, patient);
        bus.setSinks({{std::make_shared<ThrowingSink>(), "throwing"}, {other, "other"}});
        bus.publish(context_, eventOf("u1"));
        bus.flush();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, other->seen().size());
        CPPUNIT_ASSERT_EQUAL(1.0, valueOf("gatehouse_plugin_exceptions_total", "throwing"));
        CPPUNIT_ASSERT(log_->says("lost to throwing: publish threw an exception"));
    }

private:
    /// One event is under way in the first sink, and one waits.
    void fill(EventBus& bus) {
        sink_->hold(true);
        bus.publish(context_, eventOf("under way"));
        sink_->awaitCall();
        bus.publish(context_, eventOf("waiting"));
    }
    double valueOf(const std::string& name, const std::string& sink) const {
        for (const auto& family : metrics_.snapshot()) {
            for (const auto& sample : family.samples) {
                if (family.name == name && sample.labels.at(0).second == sink) {
                    return sample.value;
                }
            }
        }
        return -1;
    }
    const Issuer issuer_{7, "https://id.example.org", ""};
    const Context context_{issuer_, "r1", {}, noDeadline};
    SystemClock clock_;
    MetricsRegistry metrics_;
    std::shared_ptr<testkit::FakeLog> log_ = std::make_shared<testkit::FakeLog>();
    std::shared_ptr<KeepingSink> sink_ = std::make_shared<KeepingSink>();
};

CPPUNIT_TEST_SUITE_REGISTRATION(EventBusTest);

}  // namespace gatehouse
