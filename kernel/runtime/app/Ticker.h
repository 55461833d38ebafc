// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace gatehouse {

/// Does something every few seconds, and when asked to, on a thread of its own.
class Ticker {
public:
    Ticker(milliseconds interval, std::function<void()> task);
    ~Ticker();
    Ticker(const Ticker&) = delete;
    Ticker& operator=(const Ticker&) = delete;

    /// Do it now. Threads: any; does not wait.
    void wake();

private:
    void run();

    const milliseconds interval_;
    const std::function<void()> task_;
    std::mutex mutex_;
    std::condition_variable waking_;
    bool isAwake_ = false;
    bool isStopping_ = false;
    std::thread thread_;  // last: it uses the others
};

}  // namespace gatehouse
