// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/ConnectionTable.h"
#include "http/Handshakes.h"
#include "http/LoopShare.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Moves the connections of one loop on: bytes to requests, requests to answers, answers to bytes.
/// One thread. What a connection throws ends that connection only.
class ConnectionDriver {
public:
    using Moment = ClientConnection::Moment;

    ConnectionDriver(LoopShare& share, LoopShare::Peer& self);

    /// The time of all that follows; connections closed before are gone.
    void beginRound(Moment now);
    void add(const AcceptedSocket& accepted, Poller& poller);
    /// `mask` as epoll gives it.
    void onEvent(ConnectionId id, std::uint32_t mask) noexcept;
    void deliver(Answer& answer) noexcept;
    /// Connections that had more to say than their turn allowed.
    bool hasReady() const noexcept { return !ready_.empty() || handshakes_.areWaiting(); }
    void readOn() noexcept;
    /// Goes on with the TLS handshakes that wait, for about as long as a signature takes.
    void shakeHands() noexcept;
    /// The time of the connection's phase is over.
    void timeOut(ClientConnection& connection) noexcept;
    /// Answers what has come already; then it is closed as soon as it is idle. A newcomer's first
    /// request is on its way: it is waited for, until the newcomer runs out of time.
    void drain(ClientConnection& connection) noexcept;
    /// Closes an idle connection, unless a request has come that nobody has looked at yet.
    bool closeIfIdle(ClientConnection& connection) noexcept;
    void close(ClientConnection& connection);

    const ConnectionTable& table() const noexcept { return table_; }

private:
    using Phase = ClientConnection::Phase;
    using Step = void (ConnectionDriver::*)(ClientConnection&);

    void guarded(ClientConnection& connection, Step step) noexcept;

    void handshake(ClientConnection& connection);
    void progress(ClientConnection& connection);
    bool isAbandoned(const ClientConnection& connection) const noexcept;
    bool nextBytes(ClientConnection& connection, std::string_view& bytes);
    void consume(ClientConnection& connection, std::string_view bytes);
    void dispatch(ClientConnection& connection);
    void weigh(ClientConnection& connection);
    void refuse(ClientConnection& connection, const RequestRefusal& refusal);

    void transmit(ClientConnection& connection, std::string_view bytes);
    void flush(ClientConnection& connection);
    void settle(ClientConnection& connection);
    void finish(ClientConnection& connection);
    void discard(ClientConnection& connection);
    void expire(ClientConnection& connection);
    void giveUpAnswer(ClientConnection& connection);

    LoopShare& share_;
    LoopShare::Peer& self_;
    ConnectionTable table_;
    Handshakes handshakes_{share_, table_};
    std::vector<ConnectionId> ready_;
    std::vector<ConnectionId> turn_;  // those of ready_ at hand
    std::vector<char> scratch_;
    std::string unreadScratch_;
    std::string outbox_;  // answers to the bytes at hand
    Moment now_;
    Moment doubtedUntil_;  ///< what is read before may have waited for a process that stood still
};

}  // namespace gatehouse
