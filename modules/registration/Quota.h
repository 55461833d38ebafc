// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>

#include "limit/WindowQuota.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse {

/// How many registrations there may be in a window, of one address and in all, and how often one
/// address may ask about them. Threads: any.
class Quota {
public:
    struct Limits {
        std::int64_t perAddress;
        std::int64_t inAll;
        std::int64_t lookedAfter;  ///< per address, requests about registrations that there are
        seconds window;
    };

    Quota(Host& host, Limits limits) : limits_(limits), window_(host, limits.window) {}

    /// Counts one of this address. An error too when it cannot be counted.
    Result<std::monostate, OAuthError> ofAddress(const Context& context,
                                                 std::string_view address) const;
    /// Counts a request of this address about a registration that there is.
    Result<std::monostate, OAuthError> ofCaller(const Context& context,
                                                std::string_view address) const;
    /// Counts one of all.
    Result<std::monostate, OAuthError> ofAll(const Context& context) const;

private:
    Result<std::monostate, OAuthError> count(const Context& context, const std::string& key,
                                             std::int64_t most) const;

    const Limits limits_;
    WindowQuota window_;
};

}  // namespace gatehouse
