// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeClock.h>

#include <algorithm>
#include <atomic>

namespace gatehouse::testkit {

/// How long a fake backend takes, by a clock that it moves on itself: nobody waits. Threads: any.
class FakeLatency {
public:
    /// From now on; 0 at first. The clock must outlive this.
    void set(FakeClock& clock, milliseconds each) noexcept {
        clock_ = &clock;
        each_ = each.count();
    }
    /// A call takes its time. False: the deadline came first.
    bool pass(SteadyPoint deadline) const noexcept {
        const milliseconds each{each_};
        if (each == milliseconds{0}) {
            return true;
        }
        FakeClock& clock = *clock_;
        const auto left = deadline - clock.steady();
        clock.advance(std::clamp<milliseconds>(left, milliseconds{0}, each));
        return each <= left;
    }

private:
    std::atomic<FakeClock*> clock_{nullptr};
    std::atomic<milliseconds::rep> each_{0};
};

}  // namespace gatehouse::testkit
