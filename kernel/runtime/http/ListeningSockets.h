// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse {

struct ListeningSocket {
    Poco::Net::ServerSocket socket;
    bool asksForCertificate = false;  ///< mutual TLS
};

/// Never empty: those of an open listener.
using ListeningSockets = std::vector<ListeningSocket>;

/// Every address of a name or an address, IPv4 first; never empty. Throws Poco::Exception for a
/// name that nobody knows.
std::vector<Poco::Net::SocketAddress> addressesOf(const std::string& host, std::uint16_t port);

/// Listens on each of them; `log` is told of those that this machine does not have (IPv6 switched
/// off), as long as there is one that it has. Port 0: all on the first one's.
Result<ListeningSockets> listenOn(const std::vector<Poco::Net::SocketAddress>& addresses, Log& log);

/// A socket that was handed over, listening already; now owned. Throws Poco::Exception.
Poco::Net::ServerSocket takenOver(int handle);

/// "127.0.0.1:1314, [::1]:1314".
std::string textOf(const ListeningSockets& sockets);

}  // namespace gatehouse
