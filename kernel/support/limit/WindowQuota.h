// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include "limit/EndingTable.h"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace gatehouse {

/// How often things may happen in a window. Counted for all nodes; what is over its limit is
/// refused from memory for some seconds. Threads: any.
class WindowQuota {
public:
    WindowQuota(Host& host, seconds window) : host_(host), window_(window) {}

    /// Counts one of the issuer's `key`; false: it is one too many. An error when it cannot be
    /// counted, which is no leave.
    Result<bool> count(const Context& context, std::string_view key, std::int64_t most) const;
    /// Has one been too many a moment ago? Counts nothing.
    bool isRefused(const Context& context, std::string_view key) const;
    /// For keys: an IPv6 network of 64 bits counts as one address.
    static std::string networkOf(std::string_view address);

private:
    bool isRefused(const std::string& counted) const;

    static constexpr std::size_t mostRefused = 20'000;

    Host& host_;
    const seconds window_;
    mutable std::mutex mutex_;
    mutable EndingTable<SteadyPoint> refused_{mostRefused};
};

}  // namespace gatehouse
