// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/ConnectionId.h"
#include "http/HttpExchange.h"
#include "http/NetworkAddress.h"
#include "http/RequestReader.h"
#include "tls/TlsSession.h"

#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse {

/// One connection of a loop. Plain state: EventLoop decides. Holds no buffer while idle.
struct ClientConnection {
    using Moment = std::chrono::steady_clock::time_point;

    enum class Phase {
        handshaking,  ///< TLS is not agreed on yet
        idle,  ///< between requests
        reading,  ///< part of a request has come
        running,  ///< a worker has the request
        writing,  ///< the client takes the answer slowly
        lingering,  ///< all is sent; what still comes is thrown away (RFC 9112 section 9.6)
        count
    };
    ClientConnection(const Poco::Net::StreamSocket& stream, const NetworkAddress& address,
                     bool isProxy, const RequestLimits& limits)
        : socket(stream), reader(limits), peer(address.text()), peerIsProxy(isProxy) {}

    /// Reads what there is into `buffer`.
    Transfer receive(char* buffer, std::size_t size, std::string_view& bytes);
    /// Sends what the socket takes, and says how much. Transfer::ended: the connection is broken.
    Transfer send(std::string_view bytes, std::size_t& sent) const;

    /// Says that nothing more will come; no matter whether the client is still there.
    void endSending() const noexcept;
    /// The first byte that has come, which stays where it is; nothing when none has.
    Transfer peek(char& first) const;

    /// Has the client left, and what it sent before lain here unread for so long?
    bool isAbandoned(std::chrono::milliseconds time) const noexcept;
    /// Whoever has just connected will ask, and cannot know that nobody is listening any more.
    bool isAboutToAsk() const noexcept { return isReady || isNew; }
    bool mayTakeRequests() const noexcept {
        return !isClosed && !closesAfterAnswer && exchange == nullptr && unsent.empty();
    }

    int handle() const { return socket.impl()->sockfd(); }
    /// Closing it now would reset it, and the client might lose the answer.
    bool leavesSomething() const noexcept { return leavesBytes || mayHaveBytes || !unread.empty(); }

    Poco::Net::StreamSocket socket;
    std::unique_ptr<TlsSession> tls;  ///< null: plain
    std::shared_ptr<const CertificateChain> clientCertificate;  ///< null: none
    RequestReader reader;
    std::string peer;
    std::string unread;  ///< received, not yet given to the reader
    std::string unsent;
    std::size_t held = 0;  ///< bytes of an unfinished request, as counted for all
    std::size_t unsentFrom = 0;  ///< what of `unsent` is gone already
    std::shared_ptr<HttpExchange> exchange;  ///< while a worker has it
    ConnectionId id;

    ClientConnection* before = nullptr;  // in the list of its phase, the oldest first
    ClientConnection* after = nullptr;
    Moment since;
    Phase phase = Phase::idle;

    bool peerIsProxy;
    bool asksForCertificate = false;
    bool mayHaveBytes = true;  ///< the socket was not yet read dry
    bool isNew = true;  ///< nothing has come yet
    bool hasEnded = false;  ///< the client sends no more
    bool closesAfterAnswer = false;
    bool leavesBytes = false;  ///< the client may still send what will not be read
    bool isReady = false;  ///< waits for its turn to read on, or for that of its handshake
    bool isMisplaced = false;  ///< speaks plain HTTP where TLS is wanted
    bool isClosed = false;
};

}  // namespace gatehouse
