// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <ctime>

namespace gatehouse {

/// The machine's clock.
class SystemClock final : public Clock {
public:
    TimePoint now() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    }
    SteadyPoint steady() const noexcept override {
        // It goes on while the machine sleeps, unlike std::chrono::steady_clock.
        std::timespec time{};
        ::clock_gettime(CLOCK_BOOTTIME, &time);
        return SteadyPoint{seconds{time.tv_sec} + std::chrono::duration_cast<milliseconds>(
                                                      std::chrono::nanoseconds{time.tv_nsec})};
    }
};

}  // namespace gatehouse
