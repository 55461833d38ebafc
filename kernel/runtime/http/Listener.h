// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include "http/Lanes.h"
#include "http/ListenerSettings.h"
#include "http/Router.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace gatehouse {

/// The router of the current generation; asked once for each request, by the loops' threads.
/// Never gives null. The last use of a router may end on a loop or a worker, so whoever stops what
/// its handlers need watches its `keepAlive` from another thread.
using RouterSource = std::function<std::shared_ptr<const Router>()>;

/// The event-driven HTTP/1.1 server: one epoll loop a core, on every address of
/// the host or on one listening socket that was handed over.
///
/// open(), start() and drain() are called by one thread, in this order. What it was constructed
/// with must outlive the Lanes, whose workers may still finish a request after drain() gave up.
class Listener {
public:
    Listener(const ListenerSettings& settings, Lanes& lanes, RouterSource router, Log& log,
             Metrics& metrics, Clock& clock);
    /// Closes everything at once when drain() was not called.
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Binds and listens: the kernel queues connections from here on. The error says where and why.
    Status open();
    /// The port listened on; after open().
    std::uint16_t port() const noexcept;
    /// What is listened on, "127.0.0.1:1314, [::1]:1314"; after open().
    std::string address() const;
    /// Starts answering.
    void start();
    /// Whether every loop has gone round since the last call. After start(), before drain(); one
    /// thread at a time; does not wait.
    bool isMoving();
    /// Accepts no more, closes idle connections, finishes what runs (`Connection: close`), within
    /// drainTimeout; then closes what is left. False when something had to be cut off.
    bool drain();

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace gatehouse
