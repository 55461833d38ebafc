// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <array>
#include <cstddef>

namespace gatehouse {

/// Why somebody was turned away.
enum class Turned {
    malformed,
    tooLarge,
    headTimeout,
    answerTimeout,
    sendTimeout,
    queueFull,
    connectionsFull,
    idleEvicted,
    unfinishedFull,
    handshakeFailed,
    handshakeTimeout,
    handshakesFull,
    notTls
};

/// Of a request that could not be read, by the status it gets.
Turned kindOf(int status) noexcept;

/// The listener's own metrics. Threads: any.
class ListenerMeters {
public:
    explicit ListenerMeters(Metrics& metrics);

    void turnedAway(Turned why) noexcept { turned_[static_cast<std::size_t>(why)]->add(); }
    void agreedOnTls(bool isResumed) noexcept { (isResumed ? resumed_ : agreed_).add(); }
    void setConnections(std::size_t count) noexcept { open_.set(static_cast<double>(count)); }

private:
    std::array<Counter*, 13> turned_;
    Counter& agreed_;
    Counter& resumed_;
    Gauge& open_;
};

}  // namespace gatehouse
