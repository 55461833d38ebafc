// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace gatehouse {

/// Who waits until jobs were tried once on this node. Threads: any.
class FirstTries {
public:
    /// Any more do not wait: they are workers that others need.
    static constexpr std::size_t mostWaiting = 4;

    /// These are about to be added.
    void expect(const std::vector<std::string>& ids);
    void tried(const std::string& id);
    /// Until they were tried, or for so long.
    void wait(const std::vector<std::string>& ids, milliseconds longest);

private:
    bool isAnyAwaited(const std::vector<std::string>& ids) const;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::set<std::string> awaited_;
    std::size_t waiting_ = 0;
};

}  // namespace gatehouse
