// SPDX-License-Identifier: Apache-2.0
#include "outgoing/OutgoingConnection.h"

#include "net/LimitedSocket.h"

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SocketAddress.h>

#include <array>

namespace gatehouse {
namespace {

using Plain = LimitedSocket<Poco::Net::StreamSocketImpl>;
using Tls = LimitedSocket<Poco::Net::SecureStreamSocketImpl>;

/// A socket of an implementation of our own.
struct OwnSocket : Poco::Net::StreamSocket {
    explicit OwnSocket(Poco::Net::SocketImpl* socket) : StreamSocket(socket) {}
};

Poco::AutoPtr<Plain> connected(const OutgoingUrl& url, const OutgoingConnection::Dialled& dialled) {
    Poco::AutoPtr<Plain> socket(new Plain);
    socket->connect(Poco::Net::SocketAddress(dialled.address.text(), url.port),
                    Poco::Timespan(std::chrono::microseconds(dialled.within).count()));
    socket->setBlocking(false);
    socket->setNoDelay(true);
    return socket;
}

/// "certificate verify failed" alone would leave the operator guessing.
void shakeHands(Tls& socket, const OutgoingUrl& url) {
    TlsTrust::problem().clear();
    try {
        socket.shakeHands();
    } catch (const Poco::Exception& problem) {
        if (TlsTrust::problem().empty()) {
            throw;
        }
        throw Poco::Net::SSLException("the certificate is not good for " + url.host,
                                      TlsTrust::problem());
    }
}

}  // namespace

/// POCO's session for one connection: it never makes another by itself.
class OutgoingConnection::Session final : public Poco::Net::HTTPClientSession {
public:
    explicit Session(const Poco::Net::StreamSocket& socket) : HTTPClientSession(socket) {
        setKeepAlive(true);
    }

protected:
    void connect(const Poco::Net::SocketAddress& /*address*/) override {
        throw Poco::Net::ConnectionAbortedException("the connection was closed");
    }
    bool mustReconnect() const override { return false; }
};

OutgoingConnection::OutgoingConnection(const Poco::Net::StreamSocket& socket, Obey obey)
    : session_(std::make_shared<Session>(socket)), obey_(std::move(obey)) {}

/// HTTPSClientSession would connect by name, once more looked up, so it is given what is connected.
std::unique_ptr<OutgoingConnection> OutgoingConnection::open(const OutgoingUrl& url,
                                                             const Dialled& dialled,
                                                             const TlsTrust& trust,
                                                             const CallLimit& limit) {
    auto plain = connected(url, dialled);
    if (!url.isSecure) {
        return std::unique_ptr<OutgoingConnection>(
            new OutgoingConnection(OwnSocket(plain.duplicate()),
                                   [plain](const CallLimit& next) mutable { plain->obey(next); }));
    }
    const std::string host(url.bareHost());
    Poco::AutoPtr<Tls> tls(new Tls(plain.get(), trust.contextFor(host)));
    if (!NetworkAddress::parse(host)) {
        tls->setPeerHostName(host);  // the name that the handshake asks for (RFC 6066 section 3)
    }
    tls->obey(limit);
    shakeHands(*tls, url);
    return std::unique_ptr<OutgoingConnection>(new OutgoingConnection(
        OwnSocket(tls.duplicate()), [tls](const CallLimit& next) mutable { tls->obey(next); }));
}

bool OutgoingConnection::isStale() {
    return session_->socket().poll(Poco::Timespan(), Poco::Net::Socket::SELECT_READ);
}

void OutgoingConnection::send(const OutgoingUrl& url, const OutgoingRequest& request,
                              const CallLimit& limit) {
    obey_(limit);
    Poco::Net::HTTPRequest head(request.method, url.target, Poco::Net::HTTPMessage::HTTP_1_1);
    head.setHost(url.authority());
    head.set("User-Agent", "Gatehouse");
    for (const auto& field : request.headers) {
        head.add(field.name, field.value);
    }
    if (request.method != "GET" || !request.body.empty()) {
        head.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
    }
    auto& out = session_->sendRequest(head);
    out << request.body << std::flush;
    if (session_->networkException() != nullptr) {  // streams swallow what is thrown
        session_->networkException()->rethrow();
    }
    if (!out) {
        throw Poco::Net::NetException("not sent");
    }
}

void OutgoingConnection::receive(AnswerReader& answer, const CallLimit& limit) {
    obey_(limit);
    std::array<char, 16'384> buffer{};
    while (!answer.isDone() && answer.problem().empty()) {
        const int got =
            session_->socket().receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
        if (got == 0) {
            answer.end();
        } else {
            answer.feed({buffer.data(), static_cast<std::size_t>(got)});
        }
    }
}

}  // namespace gatehouse
