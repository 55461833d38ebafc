// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "outgoing/OutgoingConnection.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace gatehouse {

/// What is kept of each origin that is asked: how many calls are under way to it, connections that
/// wait for the next call, and whether it answers at all. After some failures in a row nobody asks
/// it for a while, then one call tries. Threads: any.
class HostGates {
public:
    struct Limits {
        std::size_t calls = 8;  ///< under way to one origin
        milliseconds pause{30'000};  ///< for an origin that fails
        int failures = 5;  ///< in a row, after which it fails
        milliseconds idle{15'000};  ///< that a connection waits
        std::size_t idleConnections = 4;  ///< of one origin
        std::size_t origins = 1000;
    };
    using Connection = std::unique_ptr<OutgoingConnection>;

    /// Both must outlive this.
    HostGates(const Clock& clock, Log& log, Limits limits)
        : clock_(clock), log_(log), limits_(limits) {}

    /// Fault::unavailable: not now. Whoever enters leaves.
    Status enter(const std::string& origin);
    /// `failure` is empty when it answered.
    void leave(const std::string& origin, const std::string& failure);
    /// One that waited; nullptr: there is none. Between enter() and leave().
    Connection take(const std::string& origin);
    void giveBack(const std::string& origin, Connection connection);

private:
    struct Waiting {
        Connection connection;
        SteadyPoint until;
    };
    struct Gate {
        std::size_t calls = 0;
        int failures = 0;
        SteadyPoint closedUntil = SteadyPoint::min();
        std::vector<Waiting> waiting;
    };

    bool makeRoom();
    bool isIdle(const Gate& gate, SteadyPoint now) const;

    const Clock& clock_;
    Log& log_;
    const Limits limits_;
    std::mutex mutex_;
    std::map<std::string, Gate> gates_;
};

}  // namespace gatehouse
