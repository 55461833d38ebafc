// SPDX-License-Identifier: Apache-2.0
#include "http/ConnectionTable.h"

#include <utility>

namespace gatehouse {

ClientConnection& ConnectionTable::add(std::unique_ptr<ClientConnection> connection,
                                       ClientConnection::Moment now) {
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(slots_.size()));
        slots_.emplace_back();
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    auto& place = slots_[slot];
    place.connection = std::move(connection);
    place.connection->id = {slot, place.generation};
    place.connection->since = now;
    link(*place.connection);
    ++size_;
    return *place.connection;
}

ClientConnection* ConnectionTable::find(ConnectionId id) const noexcept {
    if (id.slot >= slots_.size() || slots_[id.slot].generation != id.generation) {
        return nullptr;
    }
    return slots_[id.slot].connection.get();
}

void ConnectionTable::remove(ClientConnection& connection) {
    auto& place = slots_[connection.id.slot];
    unlink(connection);
    removed_.push_back(std::move(place.connection));
    ++place.generation;
    free_.push_back(connection.id.slot);
    --size_;
}

void ConnectionTable::enter(ClientConnection& connection, Phase phase,
                            ClientConnection::Moment now) noexcept {
    unlink(connection);
    connection.phase = phase;
    connection.since = now;
    link(connection);
}

ClientConnection* ConnectionTable::any() const noexcept {
    for (const auto& list : lists_) {
        if (list.first != nullptr) {
            return list.first;
        }
    }
    return nullptr;
}

void ConnectionTable::link(ClientConnection& connection) noexcept {
    auto& list = lists_[static_cast<std::size_t>(connection.phase)];
    connection.before = list.last;
    connection.after = nullptr;
    (list.last == nullptr ? list.first : list.last->after) = &connection;
    list.last = &connection;
}

void ConnectionTable::unlink(ClientConnection& connection) noexcept {
    auto& list = lists_[static_cast<std::size_t>(connection.phase)];
    (connection.before == nullptr ? list.first : connection.before->after) = connection.after;
    (connection.after == nullptr ? list.last : connection.after->before) = connection.before;
}

}  // namespace gatehouse
