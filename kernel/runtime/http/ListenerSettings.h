// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse {

class Certificates;

/// How large a request may be. What is larger is refused and its connection closed.
struct RequestLimits {
    std::size_t headBytes = std::size_t{32} * 1024;  ///< request line and fields: 431
    std::size_t fields = 100;  ///< header and trailer fields: 431
    std::size_t bodyBytes = std::size_t{64} * 1024;  ///< 413
};

/// Where the server listens and what it grants to those who connect.
struct ListenerSettings {
    std::string host = "127.0.0.1";  ///< an address, or a name: each of its addresses
    std::uint16_t port = 1314;  ///< 0: any free one, see Listener::port()
    std::string mutualHost;  ///< as `host`, for those who are asked for a certificate (mutual TLS)
    std::uint16_t mutualPort = 0;  ///< 0: there is none; needs `certificates`
    int inheritedSocket = -1;  ///< a listening socket to take over instead of binding; now owned
    std::size_t loops = 0;  ///< 0: one a core, at most 4
    RequestLimits requests;
    milliseconds headTimeout{10'000};  ///< for a whole request from its first byte, body included;
                                       ///< and for the TLS handshake
    milliseconds idleTimeout{65'000};  ///< between requests; shorter as the table fills
    milliseconds answerTimeout{30'000};  ///< for working an answer out, and again for sending it
    milliseconds drainTimeout{30'000};  ///< for what runs when the server is told to stop
    std::size_t connections = 12'000;  ///< when they are reached, the idlest one goes
    std::size_t unfinishedBytes = std::size_t{32} * 1024 * 1024;  ///< of all requests: 503
    const Certificates* certificates = nullptr;  ///< null: plain HTTP; outlives the listener
    seconds strictTransport{0};  ///< max-age of RFC 6797; 0: nobody is told
    std::vector<std::string> trustedProxies;  ///< addresses or ranges whose X-Forwarded-* count
    bool proxiesTellCertificates = false;  ///< and their Client-Cert (RFC 9440)
};

}  // namespace gatehouse
