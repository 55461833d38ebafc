// SPDX-License-Identifier: Apache-2.0
#include "job/FirstTries.h"

#include <algorithm>

namespace gatehouse {

void FirstTries::expect(const std::vector<std::string>& ids) {
    const std::lock_guard lock(mutex_);
    awaited_.insert(ids.begin(), ids.end());
}

void FirstTries::tried(const std::string& id) {
    {
        const std::lock_guard lock(mutex_);
        if (awaited_.erase(id) == 0) {
            return;
        }
    }
    changed_.notify_all();
}

void FirstTries::wait(const std::vector<std::string>& ids, milliseconds longest) {
    std::unique_lock lock(mutex_);
    if (waiting_ < mostWaiting) {
        ++waiting_;
        changed_.wait_for(lock, longest, [&] { return !isAnyAwaited(ids); });
        --waiting_;
    }
    for (const auto& id : ids) {
        awaited_.erase(id);
    }
}

bool FirstTries::isAnyAwaited(const std::vector<std::string>& ids) const {
    return std::any_of(ids.begin(), ids.end(),
                       [this](const auto& id) { return awaited_.count(id) > 0; });
}

}  // namespace gatehouse
