// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/ConnectionId.h"

#include <sys/epoll.h>

#include <array>
#include <cstdint>
#include <optional>

namespace gatehouse {

/// A descriptor that is closed with its owner.
class Descriptor {
public:
    explicit Descriptor(int handle) noexcept : handle_(handle) {}
    ~Descriptor();
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int handle() const noexcept { return handle_; }

private:
    int handle_;
};

/// Wakes a loop (eventfd). Watched by edge, so nobody has to read it.
class WakeUp {
public:
    WakeUp();
    void ring() noexcept;
    int handle() const noexcept { return event_.handle(); }

private:
    Descriptor event_;
};

/// epoll: connections by edge, the listening socket by level and by one loop at a time.
class Poller {
public:
    struct Event {
        enum class Source { connection, listener, wakeUp } source;
        ConnectionId connection;
        std::uint32_t mask;  ///< of EPOLLIN and so on
    };

    Poller();
    void addWakeUp(int handle);
    void addListener(int handle);
    void addConnection(int handle, ConnectionId id);
    void remove(int handle) noexcept;

    /// How many events there are, to be read with event(). Negative milliseconds wait for ever.
    std::size_t wait(int milliseconds) noexcept;
    Event event(std::size_t index) const noexcept;

private:
    void add(int handle, std::uint32_t mask, std::uint64_t data);

    Descriptor epoll_;
    std::array<epoll_event, 256> events_;
};

}  // namespace gatehouse
