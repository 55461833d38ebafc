// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/Storage.h>

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace gatehouse {

/// What a person's failures are counted under: their store's, or a name that no store knows.
std::string accountKey(std::string_view store, std::string_view id);
std::string accountKey(std::string_view name);

/// Tells every node to forget the failures of an account. Threads: any.
Status unlock(Host& host, const Context& context, std::string_view account);

/// The accounts that were unlocked lately: their counters have other keys since. Every node is told
/// of the same notices, so all of them count under the same key. Threads: any.
class Unlocks {
public:
    void add(const Change& change, TimePoint now);
    /// The account, as it stands in the keys of counters.
    std::string keyOf(IssuerId issuer, std::string_view account) const;

private:
    struct Unlock {
        std::uint64_t number;
        TimePoint expires;
    };
    mutable std::mutex mutex_;
    std::map<std::pair<IssuerId, std::string>, Unlock> unlocks_;
};

}  // namespace gatehouse
