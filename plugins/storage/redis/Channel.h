// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ReplyBounds.h"
#include "ServerSettings.h"
#include "TlsContext.h"

#include <Poco/Net/StreamSocketImpl.h>

#include <chrono>
#include <string>

namespace gatehouse {

using Moment = std::chrono::steady_clock::time_point;

/// The socket below Poco::Redis's streams: bytes to and from a server, in the clear or by TLS. No
/// call lasts longer than until its moment; all throw RedisFailure, after which the channel is of
/// no use. Threads: one at a time.
class Channel final : public Poco::Net::StreamSocketImpl {
public:
    /// `tls`: nullptr for none. Looking up the name of a host is the one thing that may take
    /// longer.
    Channel(const Endpoint& server, const TlsContext* tls, Moment until);

    /// For what is sent and received from now on.
    void setDeadline(Moment until) noexcept { until_ = until; }
    /// Keeps it until something is received: commands whose replies are awaited together are one
    /// sending.
    int sendBytes(const void* bytes, int size, int flags) override;
    /// At least one byte, at most `size`; within ReplyBounds.
    int receiveBytes(void* into, int size, int flags) override;
    using StreamSocketImpl::receiveBytes;
    using StreamSocketImpl::sendBytes;
    /// Has the server neither closed nor said anything unasked?
    bool isQuiet();

private:
    enum class Way { in, out };

    void reach(const Endpoint& server);
    void greet();
    void sendKept();
    template <class Step> int whenReady(Way way, const Step& step);
    void wait(Way way);
    /// Which way a TLS step wants to go on; throws when it has failed.
    Way wantedBy(int result) const;

    Moment until_;
    std::string kept_;
    ReplyBounds bounds_;
    TlsContext::Session session_{nullptr, &SSL_free};
};

}  // namespace gatehouse
