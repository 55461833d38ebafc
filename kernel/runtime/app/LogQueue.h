// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace gatehouse {

/// Writes lines to a file descriptor on a thread of its own, many in one go. Whoever logs never
/// waits: when the reader is too slow and the queue full, lines are dropped and the next one
/// written says how many. Threads: any.
class LogQueue {
public:
    /// The descriptor stays the caller's.
    LogQueue(int descriptor, std::size_t mostBytes);
    /// Writes what is left, unless nobody reads for two seconds.
    ~LogQueue();
    LogQueue(const LogQueue&) = delete;
    LogQueue& operator=(const LogQueue&) = delete;

    void push(const std::string& line);
    /// Lines that must not be dropped: returns when the operating system has them, so it blocks
    /// while nobody reads; false when they could not be written.
    bool writeNow(const std::string& lines);
    /// Returns when everything pushed before has been handed to the operating system, at the latest
    /// after two seconds.
    void flush();

private:
    void run();
    void take(std::string& lines);
    bool write(const std::string& lines);

    const int descriptor_;
    const std::size_t mostBytes_;
    std::mutex writing_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable written_;
    std::string waiting_;
    std::uint64_t dropped_ = 0;
    bool isHurried_ = false;
    bool isWriting_ = false;
    std::atomic<bool> isStopping_{false};
    std::thread thread_;  // last: it uses the others
};

}  // namespace gatehouse
