// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/ClientConnection.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace gatehouse {

/// The connections of one loop, found by id, and by phase in the order they entered it: since a
/// phase has one time limit for all, the oldest is the next to run out of time. One thread.
class ConnectionTable {
public:
    using Phase = ClientConnection::Phase;

    /// Gives it an id and puts it into Phase::idle.
    ClientConnection& add(std::unique_ptr<ClientConnection> connection,
                          ClientConnection::Moment now);
    /// Null when it was closed, even if its slot is used again.
    ClientConnection* find(ConnectionId id) const noexcept;
    /// Its id finds nothing from now on; the object lives until bury().
    void remove(ClientConnection& connection);
    void bury() { removed_.clear(); }

    void enter(ClientConnection& connection, Phase phase, ClientConnection::Moment now) noexcept;
    ClientConnection* oldest(Phase phase) const noexcept { return listOf(phase).first; }
    std::size_t size() const noexcept { return size_; }
    /// Any connection; null when there is none.
    ClientConnection* any() const noexcept;

private:
    struct List {
        ClientConnection* first = nullptr;
        ClientConnection* last = nullptr;
    };
    struct Slot {
        std::unique_ptr<ClientConnection> connection;
        std::uint32_t generation = 0;
    };

    const List& listOf(Phase phase) const noexcept {
        return lists_[static_cast<std::size_t>(phase)];
    }
    void link(ClientConnection& connection) noexcept;
    void unlink(ClientConnection& connection) noexcept;

    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_;
    std::vector<std::unique_ptr<ClientConnection>> removed_;
    std::array<List, static_cast<std::size_t>(Phase::count)> lists_;
    std::size_t size_ = 0;
};

}  // namespace gatehouse
