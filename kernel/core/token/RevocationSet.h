// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Time.h>

#include <atomic>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gatehouse {

/// The revoked self-contained tokens and families that have not expired yet, in memory on every
/// node; filled by the change feed. Threads: any. Lives as long as the process.
class RevocationSet {
public:
    /// A mark outlasts the tokens it is about by this: one of them may be drafted before and
    /// committed after it, and nodes' clocks differ.
    static constexpr seconds grace{60};

    /// What is added twice lasts as long as the longer of both.
    void add(IssuerId issuer, std::string_view id, TimePoint expires);
    bool contains(IssuerId issuer, std::string_view id) const;
    /// Forgets what has expired.
    void dropExpired(TimePoint now);

private:
    static std::string keyOf(IssuerId issuer, std::string_view id);

    mutable std::shared_mutex mutex_;
    std::unordered_map<std::string, TimePoint> revoked_;
    std::atomic<std::size_t> size_{0};
};

}  // namespace gatehouse
