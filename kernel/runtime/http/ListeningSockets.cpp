// SPDX-License-Identifier: Apache-2.0
#include "http/ListeningSockets.h"

#include <Poco/Exception.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/ServerSocketImpl.h>

#include <algorithm>
#include <cerrno>

namespace gatehouse {

namespace {

using Poco::Net::SocketAddress;

constexpr int backlog = 4096;

/// Accepted sockets inherit no-delay from the listening one.
Poco::Net::ServerSocket prepared(Poco::Net::ServerSocket& socket) {
    socket.setBlocking(false);
    socket.setNoDelay(true);
    return socket;
}

/// Listens with SO_REUSEADDR but not SO_REUSEPORT, with which two servers share a port in silence.
Poco::Net::ServerSocket bindTo(const SocketAddress& address) {
    Poco::Net::ServerSocket socket;
    if (address.family() == SocketAddress::IPv6) {
        socket.bind6(address, true, false, false);
    } else {
        socket.bind(address, true, false);
    }
    socket.listen(backlog);
    return prepared(socket);
}

bool isAbsentHere(const Poco::Exception& error) {
    return error.code() == EADDRNOTAVAIL || error.code() == EAFNOSUPPORT;
}

class TakenOverImpl final : public Poco::Net::ServerSocketImpl {
public:
    explicit TakenOverImpl(int handle) { reset(handle); }
};

class TakenOver final : public Poco::Net::ServerSocket {
public:
    explicit TakenOver(int handle) : ServerSocket(new TakenOverImpl(handle), true) {}
};

}  // namespace

std::vector<SocketAddress> addressesOf(const std::string& host, std::uint16_t port) {
    const auto entry = Poco::Net::DNS::hostByName(host, 0);
    std::vector<SocketAddress> addresses;
    for (const auto& address : entry.addresses()) {
        addresses.emplace_back(address, port);
    }
    std::stable_partition(addresses.begin(), addresses.end(), [](const auto& address) {
        return address.family() == SocketAddress::IPv4;
    });
    return addresses;
}

Result<ListeningSockets> listenOn(const std::vector<SocketAddress>& addresses, Log& log) {
    ListeningSockets sockets;
    std::vector<std::string> absent;
    for (const auto& each : addresses) {
        const auto port = sockets.empty() ? each.port() : sockets.front().socket.address().port();
        const SocketAddress address(each.host(), port);
        try {
            sockets.push_back({bindTo(address)});
        } catch (const Poco::Exception& error) {
            const std::string why =
                "cannot listen on " + address.toString() + ": " + error.displayText();
            absent.push_back(why);
            if (!isAbsentHere(error)) {
                return Error::unavailable(why);
            }
        }
    }
    if (sockets.empty()) {
        return Error::unavailable(absent.front());
    }
    for (const auto& why : absent) {
        log.write(Level::info, why + "; listening on " + textOf(sockets) + " alone");
    }
    return sockets;
}

Poco::Net::ServerSocket takenOver(int handle) {
    TakenOver socket(handle);
    return prepared(socket);
}

std::string textOf(const ListeningSockets& sockets) {
    std::string all;
    for (const auto& [socket, asksForCertificate] : sockets) {
        all += (all.empty() ? "" : ", ") + socket.address().toString() +
               (asksForCertificate ? " (mutual TLS)" : "");
    }
    return all;
}

}  // namespace gatehouse
