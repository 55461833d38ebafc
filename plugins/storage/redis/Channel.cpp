// SPDX-License-Identifier: Apache-2.0
#include "Channel.h"

#include "RedisFailure.h"

#include <Poco/Exception.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/Socket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Timespan.h>

#include <openssl/err.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace gatehouse {
namespace {

constexpr auto away = RedisFailure::Cause::away;

Poco::Timespan left(Moment until) {
    const auto span = std::chrono::duration_cast<std::chrono::microseconds>(
        until - std::chrono::steady_clock::now());
    return {std::max<Poco::Timespan::TimeDiff>(span.count(), 0)};
}

std::vector<Poco::Net::IPAddress> addressesOf(const std::string& host) {
    Poco::Net::IPAddress address;
    if (Poco::Net::IPAddress::tryParse(host, address)) {
        return {address};
    }
    return Poco::Net::DNS::hostByName(host).addresses();
}

std::string reasonOf(int code) {
    return std::generic_category().message(code);
}

std::string tlsReason() {
    const auto code = ERR_peek_last_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason == nullptr ? "TLS failed" : reason;
}

}  // namespace

Channel::Channel(const Endpoint& server, const TlsContext* tls, Moment until) : until_(until) {
    reach(server);
    if (tls != nullptr) {
        session_ = tls->open(sockfd(), server.host);
        greet();
    }
}

void Channel::reach(const Endpoint& server) {
    std::string reason = "its name has no address";
    try {
        for (const auto& address : addressesOf(server.host)) {
            try {
                close();
                connect({address, server.port}, left(until_));
                setNoDelay(true);
                setBlocking(false);
                return;
            } catch (const Poco::TimeoutException&) {
                reason = "timed out";
            } catch (const Poco::Exception& problem) {
                reason =
                    problem.message().empty() ? problem.displayText() : std::string(problem.what());
            }
        }
    } catch (const Poco::Exception& problem) {
        reason = problem.displayText();
    }
    throw RedisFailure(away, "cannot connect: " + reason);
}

/// The handshake; here, so that a certificate that is not believed is told from a server that is
/// away.
void Channel::greet() {
    ERR_clear_error();
    try {
        for (int result = SSL_connect(session_.get()); result != 1;
             result = SSL_connect(session_.get())) {
            wait(wantedBy(result));
            ERR_clear_error();
        }
    } catch (const RedisFailure&) {
        const long verified = SSL_get_verify_result(session_.get());
        if (verified != X509_V_OK) {
            throw RedisFailure(RedisFailure::Cause::settings,
                               std::string("its certificate is refused: ") +
                                   X509_verify_cert_error_string(verified) + " (see ca_file)");
        }
        throw;
    }
}

int Channel::sendBytes(const void* bytes, int size, int /*flags*/) {
    kept_.append(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
    return size;
}

int Channel::receiveBytes(void* into, int size, int /*flags*/) {
    sendKept();
    const int got = whenReady(Way::in, [&](bool isTls) -> long {
        return isTls ? SSL_read(session_.get(), into, size)
                     : ::recv(sockfd(), into, static_cast<std::size_t>(size), 0);
    });
    bounds_.pass({static_cast<const char*>(into), static_cast<std::size_t>(got)});
    return got;
}

void Channel::sendKept() {
    constexpr std::size_t mostAtOnce = std::size_t{1} << 30U;
    for (std::string_view rest = kept_; !rest.empty();) {
        const auto size = std::min(rest.size(), mostAtOnce);
        const int sent = whenReady(Way::out, [&](bool isTls) -> long {
            return isTls ? SSL_write(session_.get(), rest.data(), static_cast<int>(size))
                         : ::send(sockfd(), rest.data(), size, MSG_NOSIGNAL);
        });
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    kept_.clear();
}

/// How many bytes the step has moved, once it could move any.
template <class Step> int Channel::whenReady(Way way, const Step& step) {
    while (true) {
        ERR_clear_error();
        const auto moved = static_cast<int>(step(session_ != nullptr));
        if (moved > 0) {
            return moved;
        }
        if (session_ != nullptr) {
            wait(wantedBy(moved));
        } else if (moved == 0) {
            throw RedisFailure(away, "the connection was closed by the server");
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            wait(way);
        } else if (errno != EINTR) {
            throw RedisFailure(away, "the connection broke: " + reasonOf(errno));
        }
    }
}

void Channel::wait(Way way) {
    const auto mode =
        way == Way::in ? Poco::Net::Socket::SELECT_READ : Poco::Net::Socket::SELECT_WRITE;
    bool isReady = false;
    try {
        isReady = poll(left(until_), mode);
    } catch (const Poco::Exception& problem) {
        throw RedisFailure(away, "the connection broke: " + problem.displayText());
    }
    if (!isReady) {
        throw RedisFailure(away, "no answer in time");
    }
}

Channel::Way Channel::wantedBy(int result) const {
    switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_WANT_READ: return Way::in;
    case SSL_ERROR_WANT_WRITE: return Way::out;
    case SSL_ERROR_ZERO_RETURN: throw RedisFailure(away, "the connection was closed by the server");
    default: throw RedisFailure(away, "the connection broke: " + tlsReason());
    }
}

/// TLS 1.3 sends session tickets unasked; reading takes them off and finds nothing else.
bool Channel::isQuiet() {
    char byte = 0;
    ERR_clear_error();
    if (session_ != nullptr) {
        const int got = SSL_peek(session_.get(), &byte, 1);
        return got <= 0 && SSL_get_error(session_.get(), got) == SSL_ERROR_WANT_READ;
    }
    const auto got = ::recv(sockfd(), &byte, 1, MSG_PEEK);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace gatehouse
