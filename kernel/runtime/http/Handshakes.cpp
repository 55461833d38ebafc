// SPDX-License-Identifier: Apache-2.0
#include "http/Handshakes.h"

#include "tls/Certificates.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr char handshakeRecord = 22;  // RFC 8446 section 5.1; no HTTP request begins so
constexpr std::size_t shareOfConnections = 4;

}  // namespace

ClientConnection* Handshakes::enter(ClientConnection& connection, ClientConnection::Moment now) {
    const bool isFull = share_.handshakes++ >= share_.settings.connections / shareOfConnections;
    table_.enter(connection, ClientConnection::Phase::handshaking, now);
    auto* oldest = table_.oldest(ClientConnection::Phase::handshaking);
    if (!isFull || oldest == &connection) {
        return nullptr;
    }
    share_.meters.turnedAway(Turned::handshakesFull);
    return oldest;
}

void Handshakes::await(ClientConnection& connection) {
    if (!std::exchange(connection.isReady, true)) {
        waiting_.push_back(connection.id);
    }
}

ClientConnection* Handshakes::next() {
    ClientConnection* connection = table_.find(waiting_.front());
    waiting_.pop_front();
    if (connection != nullptr) {
        connection->isReady = false;
    }
    return connection;
}

Handshakes::Outcome Handshakes::step(ClientConnection& connection) {
    if (connection.tls == nullptr) {
        char first = 0;
        const auto peeked = connection.peek(first);
        if (peeked != Transfer::some) {
            return peeked == Transfer::none ? Outcome::waits : Outcome::failed;
        }
        if (first != handshakeRecord) {
            return Outcome::misplaced;
        }
        connection.tls =
            std::make_unique<TlsSession>(share_.settings.certificates->current(),
                                         connection.handle(), connection.asksForCertificate);
    }
    return agree(connection);
}

Handshakes::Outcome Handshakes::agree(ClientConnection& connection) {
    switch (connection.tls->handshake()) {
    case Transfer::none: return Outcome::waits;
    case Transfer::some:
        share_.meters.agreedOnTls(connection.tls->isResumed());
        if (connection.asksForCertificate) {
            connection.clientCertificate = connection.tls->clientCertificate();
        }
        return Outcome::agreed;
    case Transfer::ended: break;
    }
    share_.meters.turnedAway(Turned::handshakeFailed);
    share_.pipeline->log().write(Level::info, "TLS handshake failed: " + connection.tls->failure(),
                                 {{"client", connection.peer}});
    return Outcome::failed;
}

}  // namespace gatehouse
