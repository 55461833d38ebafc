// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/Storage.h>

#include <atomic>
#include <optional>
#include <string>

namespace gatehouse {

/// Compares this machine's clock with that of the storage's server, which all nodes share. Times
/// that nodes write mean nothing to each other when their clocks differ. Threads: look() one at a
/// time, problem() any.
class ClockWatch {
public:
    /// From here on it is told in the log.
    static constexpr seconds noticeable{5};
    /// From here on the node should get no requests: tokens and codes are over before they begin.
    static constexpr seconds intolerable{300};

    /// All must outlive this.
    ClockWatch(const Storage& storage, const Clock& clock, Log& log, Metrics& metrics);

    /// Asks the server once. While it cannot be reached, what was found last remains.
    void look();
    /// Why this node should get no requests.
    std::optional<std::string> problem() const;

private:
    std::optional<milliseconds> measure() const;
    void report(milliseconds offset);

    const Storage& storage_;
    const Clock& clock_;
    Log& log_;
    Gauge& gauge_;
    milliseconds reported_{0};
    std::atomic<milliseconds> offset_{milliseconds{0}};
};

}  // namespace gatehouse
