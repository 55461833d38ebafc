// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/Storage.h>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse {

/// Removes what has expired, in small steps on a thread of its own: quickly while there is much,
/// seldom while there is nothing. Threads: add(), start() and stop() by the main thread.
class Janitor {
public:
    /// Things of one step.
    static constexpr std::size_t stepSize = 500;
    /// Between steps while there is more, and at most while there is nothing.
    static constexpr milliseconds shortestPause{5};
    static constexpr milliseconds longestPause{30000};
    static constexpr milliseconds firstPause{500};
    /// Kept so long after their expiry, for nodes whose clocks differ.
    static constexpr seconds grace{60};

    /// Both must outlive this.
    Janitor(const Clock& clock, Log& log) : clock_(clock), log_(log) {}
    Janitor(const Janitor&) = delete;
    Janitor& operator=(const Janitor&) = delete;
    ~Janitor() { stop(); }

    /// `storage` is borrowed; one that was added before is not added again. Before start().
    void add(Storage& storage);
    void start();
    void stop() noexcept;
    /// One step in every storage; returns how long to pause then. What the thread does.
    milliseconds step();

private:
    struct Place {
        Storage* storage;
        bool isFailing;
    };

    void run();
    std::size_t drop(Place& place);

    const Clock& clock_;
    Log& log_;
    std::vector<Place> places_;
    milliseconds pause_ = firstPause;

    std::mutex mutex_;
    std::condition_variable stopping_;
    bool isStopping_ = false;
    std::thread thread_;
};

}  // namespace gatehouse
