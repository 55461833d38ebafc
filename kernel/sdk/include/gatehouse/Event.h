// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// An audit event: something a security officer may have to tell later. Never holds a secret or a
/// token.
struct Event {
    std::string_view type;  ///< static text: "login.succeeded", "login.failed", "token.issued",
                            ///< "code.reused" ...
    TimePoint time{};
    IssuerId issuer = 1;
    std::string requestId;
    std::string clientId;
    std::string subject;  ///< the `sub`, when known
    std::string remoteAddress;
    ValueMap details;
};

}  // namespace gatehouse
