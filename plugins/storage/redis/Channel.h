// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ServerSettings.h"
#include "TlsContext.h"

#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstddef>
#include <string_view>

namespace gatehouse {

using Moment = std::chrono::steady_clock::time_point;

/// Bytes to and from a server, in the clear or by TLS. No call lasts longer than until its moment;
/// all throw RedisFailure, after which the channel is of no use. Threads: one at a time.
class Channel {
public:
    /// `tls`: nullptr for none. Looking up the name of a host is the one thing that may take
    /// longer.
    Channel(const Endpoint& server, const TlsContext* tls, Moment until);

    void send(std::string_view bytes, Moment until);
    /// At least one byte, at most `size`.
    std::size_t receive(char* into, std::size_t size, Moment until);
    /// Has the server neither closed nor said anything unasked?
    bool isQuiet();

private:
    enum class Way { in, out };

    void connect(const Endpoint& server, Moment until);
    void greet(Moment until);
    template <class Step> std::size_t whenReady(Way way, const Step& step, Moment until);
    void wait(Way way, Moment until);
    /// Which way a TLS step wants to go on; throws when it has failed.
    Way wantedBy(int result) const;

    Poco::Net::StreamSocket socket_;
    TlsContext::Session session_{nullptr, &SSL_free};
};

}  // namespace gatehouse
