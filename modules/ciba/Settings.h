// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <cstdint>
#include <string_view>

namespace gatehouse {

constexpr std::string_view cibaGrant = "urn:openid:params:grant-type:ciba";

struct CibaSettings {
    seconds lifetime{300};  ///< of requests, at most
    seconds interval{5};
    std::int64_t mostOfPerson = 0;  ///< requests that ask one person, while they live
    std::int64_t mostOfClient = 0;  ///< of one client
    std::int64_t mostUnknown = 0;  ///< that name nobody, of one client in RequestLimits::window
};

}  // namespace gatehouse
