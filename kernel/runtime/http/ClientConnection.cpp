// SPDX-License-Identifier: Apache-2.0
#include "http/ClientConnection.h"

#include <Poco/Exception.h>

#include <sys/socket.h>

namespace gatehouse {

ClientConnection::Transfer ClientConnection::receive(char* buffer, std::size_t size,
                                                     std::string_view& bytes) {
    try {
        const int count = socket.receiveBytes(buffer, static_cast<int>(size), MSG_DONTWAIT);
        if (count < 0) {
            mayHaveBytes = false;
            return Transfer::none;
        }
        bytes = std::string_view(buffer, static_cast<std::size_t>(count));
        // A short read has emptied the socket; only the end of the stream can be left.
        mayHaveBytes = bytes.size() == size || hasEnded;
        return count == 0 ? Transfer::ended : Transfer::some;
    } catch (const Poco::Exception&) {  // reset by the client
        return Transfer::ended;
    }
}

ClientConnection::Transfer ClientConnection::send(std::string_view bytes, std::size_t& sent) {
    sent = 0;
    try {
        while (sent < bytes.size()) {
            const int count =
                socket.sendBytes(bytes.data() + sent, static_cast<int>(bytes.size() - sent),
                                 MSG_DONTWAIT | MSG_NOSIGNAL);
            if (count < 0) {
                return Transfer::none;
            }
            sent += static_cast<std::size_t>(count);
        }
    } catch (const Poco::Exception&) {  // reset by the client
        return Transfer::ended;
    }
    return Transfer::some;
}

}  // namespace gatehouse
