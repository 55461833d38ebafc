// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

namespace gatehouse {

/// The machine's clock.
class SystemClock final : public Clock {
public:
    TimePoint now() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    }
    SteadyPoint steady() const noexcept override {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::steady_clock::now());
    }
};

}  // namespace gatehouse
