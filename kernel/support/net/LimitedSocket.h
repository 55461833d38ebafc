// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/CallLimit.h"

#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SecureStreamSocketImpl.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <type_traits>

namespace gatehouse {

/// A connected, non-blocking socket, plain or TLS, whose reading and writing end with the call:
/// time limits of sockets begin anew with each byte. Throws Poco::TimeoutException.
template <class Base> class LimitedSocket final : public Base {
public:
    using Base::Base;
    using Poco::Net::SocketImpl::receiveBytes;
    using Poco::Net::SocketImpl::sendBytes;

    /// Until told otherwise; not owned.
    void obey(const CallLimit& limit) noexcept { limit_ = &limit; }

    /// All of it.
    int sendBytes(const void* buffer, int length, int flags) override {
        const char* next = static_cast<const char*>(buffer);
        for (int left = length; left > 0;) {
            if constexpr (!isTls) {  // it throws where TLS says that it would block
                wait(0, Poco::Net::Socket::SELECT_WRITE);
            }
            const int sent = Base::sendBytes(next, left, flags);
            if (sent <= 0) {
                wait(sent, Poco::Net::Socket::SELECT_WRITE);
                continue;
            }
            next += sent;
            left -= sent;
        }
        return length;
    }
    /// What has come; 0: the other side has ended.
    int receiveBytes(void* buffer, int length, int flags) override {
        limit_->left();
        for (;;) {
            const int got = Base::receiveBytes(buffer, length, flags);
            if (got >= 0) {
                return got;
            }
            wait(got, Poco::Net::Socket::SELECT_READ);
        }
    }
    /// TLS: with the socket of a connection below this.
    void shakeHands() {
        Base::connectSSL();
        for (int outcome = Base::completeHandshake(); outcome != 1;
             outcome = Base::completeHandshake()) {
            wait(outcome, Poco::Net::Socket::SELECT_READ);
        }
    }

private:
    static constexpr bool isTls = std::is_base_of_v<Poco::Net::SecureStreamSocketImpl, Base>;

    /// TLS reads to write and writes to read, and says so.
    void wait(int outcome, int mode) {
        if constexpr (isTls) {
            mode = outcome == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_WRITE
                       ? Poco::Net::Socket::SELECT_WRITE
                       : Poco::Net::Socket::SELECT_READ;
        }
        limit_->wait([&](milliseconds part) {
            return this->poll(Poco::Timespan(std::chrono::microseconds(part).count()), mode);
        });
    }

    const CallLimit* limit_ = nullptr;
};

}  // namespace gatehouse
