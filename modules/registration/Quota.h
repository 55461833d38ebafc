// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Records.h>

#include "limit/EndingTable.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace gatehouse {

/// How many registrations there may be in a window, of one address and in all, and how often one
/// address may ask about them. Counted for all
/// nodes; who is over the limit is refused from memory for some seconds. An IPv6
/// network of 64 bits counts as one address. Threads: any.
class Quota {
public:
    struct Limits {
        std::int64_t perAddress;
        std::int64_t inAll;
        std::int64_t lookedAfter;  ///< per address, requests about registrations that there are
        seconds window;
    };

    Quota(Host& host, Limits limits) : host_(host), limits_(limits) {}

    /// Counts one of this address. An error too when it cannot be counted.
    Result<std::monostate, OAuthError> ofAddress(const Context& context,
                                                 std::string_view address) const;
    /// Counts a request of this address about a registration that there is.
    Result<std::monostate, OAuthError> ofCaller(const Context& context,
                                                std::string_view address) const;
    /// Counts one of all.
    Result<std::monostate, OAuthError> ofAll(const Context& context) const;

private:
    static constexpr std::size_t mostRefused = 20'000;

    Result<std::monostate, OAuthError> count(const Context& context, const std::string& key,
                                             std::int64_t most) const;

    Host& host_;
    const Limits limits_;
    mutable std::mutex mutex_;
    mutable EndingTable<SteadyPoint> refused_{mostRefused};
};

}  // namespace gatehouse
