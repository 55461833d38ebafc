// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/EventSink.h>
#include <gatehouse/testkit/OddTexts.h>
#include <gatehouse/testkit/PluginCase.h>

#include <chrono>
#include <cstddef>
#include <exception>
#include <future>
#include <string>
#include <vector>

namespace gatehouse::testkit {

/// What every EventSink promises, run against the sink of a bed:
///
///     struct AcmeBed : gatehouse::testkit::HostBed {      // made anew for each case
///         /// The sink, configured and started.
///         std::unique_ptr<gatehouse::EventSink> make();
///         /// All that has arrived where its events go, one after another, as it stands there; it
///         /// may first see to it that it arrives. Threads: one, also while publish() runs.
///         std::string told();
///         /// With kill() and revive(): how often its backend has refused something.
///         int refused();
///     };
///     CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::EventSinkContract<AcmeBed>);
///
/// What it delivers on threads of its own races with publish(), so run it under a thread sanitizer
/// once.
template <class Bed> class EventSinkContract : public PluginCase<EventSink, Bed> {
    using Base = PluginCase<EventSink, Bed>;
    using Base::bed_;
    using Base::plugin_;

    CPPUNIT_TEST_SUITE(EventSinkContract<Bed>);
    CPPUNIT_TEST(eventsArriveInOrder);
    CPPUNIT_TEST(allThatIsKnownArrives);
    CPPUNIT_TEST(nothingIsNoFault);
    CPPUNIT_TEST(manyArrive);
    CPPUNIT_TEST(longOnesArrive);
    CPPUNIT_TEST(oddTextsAreData);
    CPPUNIT_TEST(deliveryMayRaceWithPublishing);
    CPPUNIT_TEST(aBackendThatIsAwayLosesNothingThatIsTaken);
    CPPUNIT_TEST(stoppingEndsTheWaitForABackend);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void eventsArriveInOrder() {
        plugin_->publish({event(1), event(2)});
        plugin_->publish({event(3)});
        assertTold(3);
    }

    void allThatIsKnownArrives() {
        plugin_->publish({event(1)});
        const auto told = bed_->told();
        for (const char* text : {"login.failed", "request-000001", "the-shop", "sub-of-ada",
                                 "192.0.2.1", "wrong password"}) {
            CPPUNIT_ASSERT_MESSAGE(text, told.find(text) != std::string::npos);
        }
    }

    void nothingIsNoFault() {
        plugin_->publish({});
        plugin_->publish({event(1)});
        assertTold(1);
    }

    void manyArrive() {
        constexpr int most = 2000;
        std::vector<Event> events;
        for (int number = 1; number <= most; ++number) {
            events.push_back(event(number));
        }
        plugin_->publish(events);
        assertTold(most);
    }

    void longOnesArrive() {
        constexpr int most = 60;
        std::vector<Event> events;
        for (int number = 1; number <= most; ++number) {
            events.push_back(event(number));
            events.back().details.set("reason", std::string(30000, 'x'));
        }
        plugin_->publish(events);
        assertTold(most);
    }

    /// They neither stop the others nor stand there as lines of their own.
    void oddTextsAreData() {
        int number = 0;
        for (const auto& odd : oddTexts()) {
            std::vector<Event> events(5, event(0));
            events[0].clientId = odd;
            events[1].subject = odd;
            events[2].remoteAddress = odd;
            events[3].details = {{"login", odd}, {"list", ValueList{odd}}};
            events[4].details = {{odd, "value"}};
            for (auto& one : events) {
                one.requestId = requestId(++number);
            }
            plugin_->publish(events);
        }
        const auto told = assertTold(number);
        CPPUNIT_ASSERT(told.find("\r\nSet-Cookie") == std::string::npos);
        CPPUNIT_ASSERT(told.find('\0') == std::string::npos);
    }

    void deliveryMayRaceWithPublishing() {
        constexpr int most = 200;
        auto publishing = std::async(std::launch::async, [this] {
            for (int number = 1; number <= most; ++number) {
                plugin_->publish({event(number)});
            }
        });
        while (publishing.wait_for(std::chrono::milliseconds{0}) != std::future_status::ready) {
            (void)bed_->told();
        }
        publishing.get();
        assertTold(most);
    }

    /// It may wait, or throw, and then they count as lost.
    void aBackendThatIsAwayLosesNothingThatIsTaken() {
        if constexpr (canBeAway<Bed>) {
            auto taken = publishWhileAway();
            bed_->revive();
            const bool isTaken = taken.get();
            plugin_->publish({event(isTaken ? 2 : 1)});
            assertTold(isTaken ? 2 : 1);
        }
    }

    void stoppingEndsTheWaitForABackend() {
        if constexpr (canBeAway<Bed>) {
            auto taken = publishWhileAway();
            plugin_->stop();
            const bool isTaken = taken.get();
            bed_->revive();
            CPPUNIT_ASSERT_MESSAGE("what was taken is lost",
                                   !isTaken || bed_->told().find(requestId(1)) != npos);
        }
    }

private:
    static constexpr auto npos = std::string::npos;

    static std::string requestId(int number) {
        const auto digits = std::to_string(number);
        return "request-" + std::string(6 - digits.size(), '0') + digits;
    }
    static Event event(int number) {
        Event event;
        event.type = "login.failed";
        event.time = fromSeconds(1767225600);
        event.requestId = requestId(number);
        event.clientId = "the-shop";
        event.subject = "sub-of-ada";
        event.remoteAddress = "192.0.2.1";
        event.details = {{"reason", "wrong password"}};
        return event;
    }
    std::string assertTold(int most) {
        const auto told = bed_->told();
        std::size_t from = 0;
        for (int number = 1; number <= most; ++number) {
            from = told.find(requestId(number), from);
            CPPUNIT_ASSERT_MESSAGE(requestId(number) + " did not arrive, or not in order",
                                   from != npos);
        }
        return told;
    }
    /// Returns once the sink has seen that its backend is away, or has no need of it. The future:
    /// were they taken?
    std::future<bool> publishWhileAway() {
        bed_->kill();
        const auto refused = bed_->refused();
        auto taken = std::async(std::launch::async, [this] {
            try {
                plugin_->publish({event(1)});
                return true;
            } catch (const std::exception&) {
                return false;
            }
        });
        while (bed_->refused() == refused &&
               taken.wait_for(std::chrono::milliseconds{1}) != std::future_status::ready) {
        }
        return taken;
    }
};

}  // namespace gatehouse::testkit
