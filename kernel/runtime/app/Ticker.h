// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace gatehouse {

/// Does something every few seconds on a thread of its own.
class Ticker {
public:
    Ticker(milliseconds interval, std::function<void()> task);
    ~Ticker();
    Ticker(const Ticker&) = delete;
    Ticker& operator=(const Ticker&) = delete;

private:
    void run();

    const milliseconds interval_;
    const std::function<void()> task_;
    std::mutex mutex_;
    std::condition_variable stopping_;
    bool isStopping_ = false;
    std::thread thread_;  // last: it uses the others
};

}  // namespace gatehouse
