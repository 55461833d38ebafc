// SPDX-License-Identifier: Apache-2.0
#include "app/LogQueue.h"

#include "app/LogLine.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>

namespace gatehouse {

namespace {

/// How long a line may wait for company: fewer wake-ups and writes under load.
constexpr std::chrono::milliseconds gathering{10};
/// How long a reader that does not read can hold up the end of the process.
constexpr std::chrono::milliseconds atStop{2000};
constexpr std::chrono::milliseconds step{100};

std::string droppedLine(std::uint64_t count) {
    const auto now = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    const ValueMap none;
    return logLine({now,
                    Level::warning,
                    "log",
                    std::to_string(count) + " lines dropped: the reader is too slow",
                    {},
                    {},
                    none});
}

}  // namespace

LogQueue::LogQueue(int descriptor, std::size_t mostBytes)
    : descriptor_(descriptor), mostBytes_(mostBytes), thread_([this] { run(); }) {}

LogQueue::~LogQueue() {
    {
        const std::lock_guard lock(mutex_);
        isStopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void LogQueue::push(const std::string& line) {
    bool wasEmpty = false;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() + line.size() > mostBytes_) {
            ++dropped_;
            return;
        }
        wasEmpty = waiting_.empty();
        waiting_ += line;
    }
    if (wasEmpty) {
        wake_.notify_one();
    }
}

void LogQueue::flush() {
    std::unique_lock lock(mutex_);
    isHurried_ = true;
    wake_.notify_one();
    written_.wait_for(lock, atStop, [this] { return waiting_.empty() && !isWriting_; });
    isHurried_ = false;
}

void LogQueue::run() {
    std::string lines;  // two buffers take turns, so that neither grows anew
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return isStopping_ || !waiting_.empty(); });
        wake_.wait_for(lock, gathering, [this] { return isStopping_ || isHurried_; });
        take(lines);
        if (lines.empty() && isStopping_) {
            return;
        }
        isWriting_ = true;
        lock.unlock();
        write(lines);
        lock.lock();
        isWriting_ = false;
        written_.notify_all();
    }
}

/// Call with the mutex held.
void LogQueue::take(std::string& lines) {
    lines.clear();
    lines.swap(waiting_);
    if (dropped_ > 0) {
        lines += droppedLine(dropped_);
        dropped_ = 0;
    }
}

bool LogQueue::writeNow(const std::string& lines) {
    return write(lines);
}

/// One at a time, so that no line comes into another.
bool LogQueue::write(const std::string& lines) {
    const std::lock_guard lock(writing_);
    std::size_t done = 0;
    auto patience = atStop;
    while (done < lines.size() && patience > std::chrono::milliseconds::zero()) {
        pollfd ready{descriptor_, POLLOUT, 0};
        if (::poll(&ready, 1, static_cast<int>(step.count())) == 0) {
            patience -= isStopping_ ? step : std::chrono::milliseconds::zero();
            continue;
        }
        const std::size_t size = std::min<std::size_t>(lines.size() - done, PIPE_BUF);
        const ssize_t count = ::write(descriptor_, lines.data() + done, size);
        if (count >= 0) {
            done += static_cast<std::size_t>(count);
        } else if (errno != EINTR && errno != EAGAIN) {
            return false;  // there is nobody left to tell
        }
    }
    return done == lines.size();
}

}  // namespace gatehouse
