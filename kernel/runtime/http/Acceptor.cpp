// SPDX-License-Identifier: Apache-2.0
#include "http/Acceptor.h"

#include <Poco/Net/StreamSocketImpl.h>

#include <sys/socket.h>

#include <cerrno>
#include <utility>

namespace gatehouse {

namespace {

bool isExhausted(int error) noexcept {
    return error == EMFILE || error == ENFILE || error == ENOMEM || error == ENOBUFS;
}

}  // namespace

Acceptor::Outcome Acceptor::acceptOne(std::optional<AcceptedSocket>& accepted) {
    sockaddr_storage peer{};
    const int handle = takeOne(peer);
    if (handle < 0) {
        return isExhausted(errno) ? Outcome::exhausted : Outcome::nothing;
    }
    AcceptedSocket socket{Poco::Net::StreamSocket(new Poco::Net::StreamSocketImpl(handle)),
                          NetworkAddress::of(peer), share_.sockets[socket_].asksForCertificate};
    const std::size_t chosen = chooseLoop();
    ++share_.loops[chosen]->connections;
    share_.meters.setConnections(++share_.connections);
    if (chosen == self_) {
        accepted.emplace(std::move(socket));
        return Outcome::accepted;
    }
    share_.loops[chosen]->mailbox->post(std::move(socket));
    return Outcome::givenAway;
}

/// Negative when no socket has one; errno says why.
int Acceptor::takeOne(sockaddr_storage& peer) {
    for (std::size_t i = 0; i < share_.sockets.size(); ++i) {
        socket_ = (socket_ + 1) % share_.sockets.size();
        socklen_t size = sizeof peer;
        const int handle =
            ::accept4(share_.sockets[socket_].socket.impl()->sockfd(),
                      reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (handle >= 0 || isExhausted(errno)) {
            return handle;
        }
    }
    return -1;
}

/// The one with the fewest connections; this one unless another has clearly fewer.
std::size_t Acceptor::chooseLoop() const noexcept {
    std::size_t chosen = self_;
    std::size_t fewest = share_.loops[self_]->connections;
    if (share_.pipeline->isDraining() || fewest == 0) {
        return self_;
    }
    --fewest;
    for (std::size_t i = 0; i < share_.loops.size(); ++i) {
        const std::size_t count = share_.loops[i]->connections;
        if (count < fewest) {
            chosen = i;
            fewest = count;
        }
    }
    return chosen;
}

}  // namespace gatehouse
