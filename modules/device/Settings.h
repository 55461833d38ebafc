// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <cstdint>

namespace gatehouse {

struct DeviceSettings {
    seconds lifetime{600};  ///< of codes
    seconds interval{5};
    std::int64_t mostPending = 0;  ///< codes of a client and address while they live
    std::int64_t mostTyped = 0;  ///< by an address in GuessLimits::window
    std::int64_t mostWrong = 0;  ///< by everybody in GuessLimits::windowOfAll
};

}  // namespace gatehouse
