// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace gatehouse {

/// Ends the process when something takes longer than it may: a plugin that hangs must not keep a
/// server from stopping. `lastWords` is called before.
class StopLimit {
public:
    StopLimit(milliseconds limit, std::function<void()> lastWords);
    /// It was done in time.
    ~StopLimit();
    StopLimit(const StopLimit&) = delete;
    StopLimit& operator=(const StopLimit&) = delete;

private:
    void run();

    const milliseconds limit_;
    const std::function<void()> lastWords_;
    std::mutex mutex_;
    std::condition_variable done_;
    bool isDone_ = false;
    std::thread thread_;  // last: it uses the others
};

}  // namespace gatehouse
