// SPDX-License-Identifier: Apache-2.0
#include "app/EventBus.h"

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
    void publish(const Event& event) noexcept override {
        std::unique_lock lock(mutex_);
        isIn_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return !isHeld_; });
        seen_.push_back(event);
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
    CPPUNIT_TEST_SUITE_END();

public:
    void everySinkGetsEveryEventInOrder() {
        KeepingSink second;
        EventBus bus(clock_, metrics_);
        bus.setSinks({&sink_, &second});
        for (int number = 0; number < 500; ++number) {
            bus.publish(context_, eventOf(std::to_string(number)));
        }
        bus.flush();
        for (const auto* sink : {&sink_, &second}) {
            const auto seen = sink->seen();
            CPPUNIT_ASSERT_EQUAL(std::size_t{500}, seen.size());
            for (std::size_t number = 0; number < seen.size(); ++number) {
                CPPUNIT_ASSERT_EQUAL(std::to_string(number), seen[number].subject);
            }
        }
    }

    void timeIssuerAndRequestAreFilledIn() {
        EventBus bus(clock_, metrics_);
        bus.setSinks({&sink_});
        const TimePoint before = clock_.now();
        bus.publish(context_, eventOf("u1"));
        bus.flush();
        const Event event = sink_.seen().at(0);
        CPPUNIT_ASSERT(event.time >= before);
        CPPUNIT_ASSERT_EQUAL(IssuerId{7}, event.issuer);
        CPPUNIT_ASSERT_EQUAL(std::string("r1"), event.requestId);
    }

    void nothingIsLostWhenTheBusEnds() {
        {
            EventBus bus(clock_, metrics_);
            bus.setSinks({&sink_});
            for (int number = 0; number < 100; ++number) {
                bus.publish(context_, eventOf("u1"));
            }
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{100}, sink_.seen().size());
    }

    void aSlowSinkMakesPublishersWaitAndIsCounted() {
        EventBus bus(clock_, metrics_, 1);
        bus.setSinks({&sink_});
        sink_.hold(true);
        bus.publish(context_, eventOf("under way"));
        sink_.awaitCall();
        bus.publish(context_, eventOf("waiting"));
        std::thread publisher([&] { bus.publish(context_, eventOf("kept out")); });
        while (waited() == 0) {
            std::this_thread::yield();
        }
        sink_.hold(false);
        publisher.join();
        bus.flush();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, sink_.seen().size());
        CPPUNIT_ASSERT_EQUAL(1.0, waited());
    }

    void afterAChangeTheOldSinkIsNotUsed() {
        KeepingSink next;
        EventBus bus(clock_, metrics_);
        auto old = std::make_unique<KeepingSink>();
        bus.setSinks({old.get()});
        bus.publish(context_, eventOf("first"));
        bus.flush();
        bus.setSinks({&next});
        old.reset();
        bus.publish(context_, eventOf("second"));
        bus.flush();
        CPPUNIT_ASSERT_EQUAL(std::string("second"), next.seen().at(0).subject);
    }

private:
    double waited() const {
        for (const auto& family : metrics_.snapshot()) {
            if (family.name == "gatehouse_events_waited_total") {
                return family.samples.at(0).value;
            }
        }
        return 0;
    }

    const Issuer issuer_{7, "https://id.example.org", ""};
    const Context context_{issuer_, "r1", {}, {}};
    SystemClock clock_;
    MetricsRegistry metrics_;
    KeepingSink sink_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(EventBusTest);

}  // namespace gatehouse
