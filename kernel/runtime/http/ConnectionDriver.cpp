// SPDX-License-Identifier: Apache-2.0
#include "http/ConnectionDriver.h"

#include "http/HttpsRedirect.h"
#include "http/ResponseWriter.h"

#include <Poco/Exception.h>

#include <sys/epoll.h>

#include <exception>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t scratchSize = 16'384;
constexpr std::size_t outboxLimit = 32'768;  // answers to pipelined requests before a pause
constexpr int turnsInARow = 4;  // reads before others have their turn

/// What a request may always hold: every usual one, also when it comes in pieces.
constexpr std::size_t freeBytes = 4'096;

/// A loop that was away for longer may have stood still with the whole process.
constexpr milliseconds standstill{1'000};

/// A signature with RSA-2048 takes as long.
constexpr std::chrono::milliseconds handshakeTurn{1};

}  // namespace

ConnectionDriver::ConnectionDriver(LoopShare& share, LoopShare::Peer& self)
    : share_(share), self_(self), scratch_(scratchSize) {}

void ConnectionDriver::beginRound(Moment now) {
    if (now - now_ > standstill) {
        doubtedUntil_ = now + standstill;
    }
    now_ = now;
    table_.bury();
}

void ConnectionDriver::add(const AcceptedSocket& accepted, Poller& poller) {
    const bool isProxy = share_.pipeline->trusts(accepted.peer);
    auto& connection =
        table_.add(std::make_unique<ClientConnection>(accepted.socket, accepted.peer, isProxy,
                                                      share_.settings.requests),
                   now_);
    connection.asksForCertificate = accepted.asksForCertificate;
    if (share_.settings.certificates != nullptr) {
        if (auto* tooMany = handshakes_.enter(connection, now_)) {
            close(*tooMany);
        }
    }
    try {
        poller.addConnection(connection.handle(), connection.id);
    } catch (const std::exception& error) {
        share_.pipeline->log().write(Level::error,
                                     std::string("connection closed: ") + error.what());
        close(connection);
    }
}

void ConnectionDriver::guarded(ClientConnection& connection, Step step) noexcept {
    try {
        (this->*step)(connection);
    } catch (const std::exception& error) {
        share_.pipeline->log().write(Level::error,
                                     std::string("connection closed: ") + error.what());
        close(connection);
    }
}

void ConnectionDriver::onEvent(ConnectionId id, std::uint32_t mask) noexcept {
    ClientConnection* connection = table_.find(id);
    if (connection == nullptr) {
        return;
    }
    if ((mask & (EPOLLERR | EPOLLHUP)) != 0) {
        close(*connection);
        return;
    }
    connection->hasEnded = connection->hasEnded || (mask & EPOLLRDHUP) != 0;
    connection->mayHaveBytes = connection->mayHaveBytes || (mask & (EPOLLIN | EPOLLRDHUP)) != 0;
    if (connection->phase == Phase::handshaking) {
        handshakes_.await(*connection);
    } else if ((mask & EPOLLOUT) != 0 && !connection->unsent.empty()) {
        guarded(*connection, &ConnectionDriver::flush);
    } else if (connection->phase == Phase::lingering) {
        guarded(*connection, &ConnectionDriver::discard);
    } else {
        guarded(*connection, &ConnectionDriver::progress);
    }
}

void ConnectionDriver::deliver(Answer& answer) noexcept {
    ClientConnection* connection = table_.find(answer.connection);
    if (connection == nullptr || connection->exchange == nullptr) {
        return;
    }
    connection->exchange.reset();
    connection->closesAfterAnswer = !answer.keepsAlive;
    table_.enter(*connection, Phase::idle, now_);
    outbox_.swap(answer.bytes);
    guarded(*connection, &ConnectionDriver::finish);
}

void ConnectionDriver::readOn() noexcept {
    turn_.swap(ready_);
    for (const auto id : turn_) {
        ClientConnection* connection = table_.find(id);
        if (connection != nullptr) {
            connection->isReady = false;
            guarded(*connection, &ConnectionDriver::progress);
        }
    }
    turn_.clear();
}

void ConnectionDriver::shakeHands() noexcept {
    const auto end = std::chrono::steady_clock::now() + handshakeTurn;
    while (handshakes_.areWaiting()) {
        if (ClientConnection* connection = handshakes_.next()) {
            guarded(*connection, &ConnectionDriver::handshake);
        }
        if (std::chrono::steady_clock::now() >= end) {
            return;
        }
    }
}

void ConnectionDriver::handshake(ClientConnection& connection) {
    const auto outcome = handshakes_.step(connection);
    if (outcome == Handshakes::Outcome::waits) {
        return;
    }
    if (outcome == Handshakes::Outcome::failed) {
        close(connection);
        return;
    }
    connection.isMisplaced = outcome == Handshakes::Outcome::misplaced;
    connection.mayHaveBytes = true;
    handshakes_.leave();
    table_.enter(connection, Phase::idle, now_);
    progress(connection);
}

void ConnectionDriver::timeOut(ClientConnection& connection) noexcept {
    guarded(connection, &ConnectionDriver::expire);
}

void ConnectionDriver::drain(ClientConnection& connection) noexcept {
    connection.mayHaveBytes = true;
    guarded(connection, &ConnectionDriver::progress);
}

bool ConnectionDriver::closeIfIdle(ClientConnection& connection) noexcept {
    const Moment since = connection.since;
    connection.mayHaveBytes = true;
    guarded(connection, &ConnectionDriver::progress);
    const bool wasIdle = connection.phase == Phase::idle && connection.since == since;
    if (wasIdle) {
        close(connection);
    }
    return connection.isClosed;
}

void ConnectionDriver::close(ClientConnection& connection) {
    if (connection.isClosed) {
        return;
    }
    connection.isClosed = true;
    connection.exchange.reset();
    if (connection.phase == Phase::handshaking) {
        handshakes_.leave();
    } else if (connection.tls != nullptr) {
        connection.tls->endSending();
    }
    share_.unfinishedBytes -= connection.held;
    connection.socket.close();
    table_.remove(connection);
    --self_.connections;
    share_.meters.setConnections(--share_.connections);
}

void ConnectionDriver::progress(ClientConnection& connection) {
    std::string_view bytes;
    for (int turns = 0; connection.mayTakeRequests() && nextBytes(connection, bytes); ++turns) {
        consume(connection, bytes);
        const bool hasMore = connection.mayHaveBytes || !connection.unread.empty();
        if (turns == turnsInARow && hasMore && connection.mayTakeRequests()) {
            if (!std::exchange(connection.isReady, true)) {
                ready_.push_back(connection.id);
            }
            break;
        }
    }
    settle(connection);
}

/// Whoever gave up while the process stood still has asked another node long since. To redeem a
/// token for them now would look like a theft, and revoke what they got there.
bool ConnectionDriver::isAbandoned(const ClientConnection& connection) const noexcept {
    return now_ < doubtedUntil_ && connection.isAbandoned(standstill);
}

bool ConnectionDriver::nextBytes(ClientConnection& connection, std::string_view& bytes) {
    if (!connection.unread.empty()) {
        std::string().swap(unreadScratch_);  // or the connection would keep its room
        unreadScratch_.swap(connection.unread);
        bytes = unreadScratch_;
        return true;
    }
    if (!connection.mayHaveBytes) {
        return false;
    }
    if (isAbandoned(connection)) {
        close(connection);
        return false;
    }
    const auto outcome = connection.receive(scratch_.data(), scratch_.size(), bytes);
    if (outcome == Transfer::ended) {
        close(connection);
    }
    return outcome == Transfer::some;
}

void ConnectionDriver::consume(ClientConnection& connection, std::string_view bytes) {
    outbox_.clear();
    connection.isNew = false;
    RequestReader& reader = connection.reader;
    while (!bytes.empty() && !connection.closesAfterAnswer && connection.exchange == nullptr &&
           outbox_.size() < outboxLimit) {
        bytes.remove_prefix(reader.feed(bytes));
        if (reader.state() == RequestReader::State::ready) {
            dispatch(connection);
        } else if (reader.state() == RequestReader::State::refused) {
            refuse(connection, reader.refusal());
            connection.leavesBytes = true;
        } else if (reader.takeContinue()) {
            outbox_.append("HTTP/1.1 100 Continue\r\n\r\n");
        }
    }
    weigh(connection);
    if (!bytes.empty()) {
        connection.unread.assign(bytes);
    }
    transmit(connection, outbox_);
}

/// Whoever leaves large requests unfinished on many connections must not take the memory of all.
void ConnectionDriver::weigh(ClientConnection& connection) {
    const std::size_t held = connection.reader.held();
    if (held == connection.held) {
        return;
    }
    share_.unfinishedBytes += held - connection.held;
    connection.held = held;
    if (held > freeBytes && share_.unfinishedBytes > share_.settings.unfinishedBytes) {
        refuse(connection, {503, "too much is held for unfinished requests"});
        connection.leavesBytes = true;
    }
}

void ConnectionDriver::dispatch(ClientConnection& connection) {
    auto exchange = HttpExchange::of(connection, share_);
    exchange->mailbox = self_.mailbox;
    const auto& pipeline = share_.pipeline;
    pipeline->admit(*exchange, connection.peerIsProxy);
    if (connection.isMisplaced) {
        share_.meters.turnedAway(Turned::notTls);
        exchange->keepsAlive = false;
        pipeline->finish(*exchange, httpsWanted(*exchange), outbox_);
    } else if (!exchange->needsWorker()) {
        pipeline->finish(*exchange, pipeline->handle(*exchange), outbox_);
    } else if (share_.lanes.submit(exchange->match.lane(), exchange)) {
        connection.exchange = std::move(exchange);
        table_.enter(connection, Phase::running, now_);
        return;
    } else {
        share_.meters.turnedAway(Turned::queueFull);
        pipeline->finish(*exchange, RequestPipeline::turnAway(*exchange), outbox_);
    }
    connection.closesAfterAnswer = !exchange->keepsAlive;
    table_.enter(connection, Phase::idle, now_);
}

void ConnectionDriver::refuse(ClientConnection& connection, const RequestRefusal& refusal) {
    share_.meters.turnedAway(kindOf(refusal.status));
    const auto router = share_.router();
    share_.pipeline->refuse(refusal, {*router, connection.reader.part(), connection.peer}, outbox_);
    connection.closesAfterAnswer = true;
    connection.reader.take();
    weigh(connection);
}

void ConnectionDriver::transmit(ClientConnection& connection, std::string_view bytes) {
    if (!connection.unsent.empty()) {
        connection.unsent.append(bytes);
        return;
    }
    std::size_t sent = 0;
    if (connection.send(bytes, sent) == Transfer::ended) {
        close(connection);
        return;
    }
    connection.unsent.assign(bytes.substr(sent));
    connection.unsentFrom = 0;
}

/// The socket takes bytes again.
void ConnectionDriver::flush(ClientConnection& connection) {
    const std::string_view rest = std::string_view(connection.unsent).substr(connection.unsentFrom);
    std::size_t sent = 0;
    if (connection.send(rest, sent) == Transfer::ended) {
        close(connection);
        return;
    }
    connection.unsentFrom += sent;
    if (sent == rest.size()) {
        std::string().swap(connection.unsent);
        progress(connection);
    }
}

/// Sends the outbox and goes on to the next request.
void ConnectionDriver::finish(ClientConnection& connection) {
    transmit(connection, outbox_);
    progress(connection);
}

/// Puts the connection into the phase it is in, or closes it.
void ConnectionDriver::settle(ClientConnection& connection) {
    if (connection.isClosed || connection.exchange != nullptr) {
        return;
    }
    Phase phase = connection.reader.hasBegun() ? Phase::reading : Phase::idle;
    if (!connection.unsent.empty()) {
        phase = Phase::writing;
    } else if (connection.closesAfterAnswer) {
        phase = Phase::lingering;
    }
    const bool isOver =
        (phase == Phase::lingering && !connection.leavesSomething()) ||
        (phase == Phase::idle && share_.pipeline->isDraining() && !connection.isAboutToAsk());
    if (isOver) {
        close(connection);
    } else if (phase != connection.phase) {
        table_.enter(connection, phase, now_);
        if (phase == Phase::lingering) {
            connection.endSending();
            discard(connection);
        }
    }
}

void ConnectionDriver::discard(ClientConnection& connection) {
    std::string_view bytes;
    for (int turns = 0; turns < turnsInARow && connection.mayHaveBytes; ++turns) {
        if (connection.receive(scratch_.data(), scratch_.size(), bytes) == Transfer::ended) {
            close(connection);
            return;
        }
    }
}

void ConnectionDriver::expire(ClientConnection& connection) {
    outbox_.clear();
    switch (connection.phase) {
    case Phase::reading: refuse(connection, {408, "it took too long to arrive"}); break;
    case Phase::running: giveUpAnswer(connection); break;
    case Phase::handshaking:
        share_.meters.turnedAway(Turned::handshakeTimeout);
        close(connection);
        return;
    case Phase::writing: share_.meters.turnedAway(Turned::sendTimeout); [[fallthrough]];
    default: close(connection); return;
    }
    finish(connection);
}

void ConnectionDriver::giveUpAnswer(ClientConnection& connection) {
    table_.enter(connection, Phase::running, now_);
    if (!connection.exchange->claim()) {
        return;  // the worker was faster: its answer is in the mail
    }
    share_.meters.turnedAway(Turned::answerTimeout);
    const auto exchange = std::move(connection.exchange);
    exchange->keepsAlive = false;
    share_.pipeline->finish(*exchange, RequestPipeline::turnAway(*exchange), outbox_);
    connection.closesAfterAnswer = true;
}

}  // namespace gatehouse
