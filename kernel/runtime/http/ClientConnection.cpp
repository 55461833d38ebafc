// SPDX-License-Identifier: Apache-2.0
#include "http/ClientConnection.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

namespace gatehouse {

// The system's own calls: POCO throws when a socket takes no more bytes for now, and there is no
// common way in its versions to tell that from a broken connection.

Transfer ClientConnection::receive(char* buffer, std::size_t size, std::string_view& bytes) {
    if (tls != nullptr) {
        const auto outcome = tls->receive(buffer, size, bytes);
        mayHaveBytes = outcome == Transfer::some && (tls->mayHaveBytes() || hasEnded);
        return outcome;
    }
    const auto count = ::recv(handle(), buffer, size, MSG_DONTWAIT);
    if (count < 0) {
        mayHaveBytes = false;
        return errno == EAGAIN ? Transfer::none : Transfer::ended;
    }
    bytes = std::string_view(buffer, static_cast<std::size_t>(count));
    // A short read has emptied the socket; only the end of the stream can be left.
    mayHaveBytes = bytes.size() == size || hasEnded;
    return count == 0 ? Transfer::ended : Transfer::some;
}

Transfer ClientConnection::send(std::string_view bytes, std::size_t& sent) const {
    if (tls != nullptr) {
        return tls->send(bytes, sent);
    }
    sent = 0;
    while (sent < bytes.size()) {
        const auto count =
            ::send(handle(), bytes.data() + sent, bytes.size() - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0) {
            return errno == EAGAIN ? Transfer::none : Transfer::ended;
        }
        sent += static_cast<std::size_t>(count);
    }
    return Transfer::some;
}

void ClientConnection::endSending() const noexcept {
    if (tls != nullptr) {
        tls->endSending();
    }
    ::shutdown(handle(), SHUT_WR);
}

Transfer ClientConnection::peek(char& first) const {
    const auto count = ::recv(handle(), &first, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) {
        return Transfer::none;
    }
    return count == 1 ? Transfer::some : Transfer::ended;
}

bool ClientConnection::isAbandoned(std::chrono::milliseconds time) const noexcept {
    tcp_info state{};
    socklen_t size = sizeof state;
    return ::getsockopt(handle(), IPPROTO_TCP, TCP_INFO, &state, &size) == 0 &&
           state.tcpi_state == TCP_CLOSE_WAIT &&
           std::chrono::milliseconds{state.tcpi_last_data_recv} > time;
}

}  // namespace gatehouse
