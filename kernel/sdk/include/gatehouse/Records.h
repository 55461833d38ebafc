// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace gatehouse {

/// The only way to stored things: routes a kind to its storage, gathers the writes of many workers
/// into one commit, fills in the issuer and hides other issuers' records. Implemented by the
/// kernel; grows at its end. Threads: any. Blocks until the write is durable; a replay mark of
/// minutes need only outlive the process, see ReplayMarks.
class Records {
public:
    virtual ~Records() = default;
    virtual Result<std::optional<Record>> find(const Context&, std::string_view kind,
                                               std::string_view key) = 0;
    /// Every kind in one batch must live in the same storage; otherwise Fault::internal.
    virtual Result<Outcome> apply(const Context&, Batch batch) = 0;
    /// True the first time this id is seen before `until`: replay marks (jti). `earliest` is the
    /// first moment at which it can have been seen: Fault::unavailable when marks of that time may
    /// have been lost. Who cannot tell leaves it out, and `until` is at most 61 minutes ahead.
    virtual Result<bool> once(const Context&, std::string_view kind, std::string_view id,
                              TimePoint until, TimePoint earliest = TimePoint::min()) = 0;
    virtual Result<RecordPage> list(const Context&, std::string_view kind, const Link& link,
                                    std::string_view after, std::size_t limit) = 0;
    virtual Result<std::int64_t> count(const Context&, std::string_view key, seconds window) = 0;
};

}  // namespace gatehouse
