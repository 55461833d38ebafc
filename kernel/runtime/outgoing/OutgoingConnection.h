// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Outgoing.h>

#include "http/NetworkAddress.h"
#include "net/CallLimit.h"
#include "net/TlsTrust.h"
#include "outgoing/AnswerReader.h"
#include "outgoing/OutgoingUrl.h"

#include <Poco/Net/HTTPClientSession.h>

#include <functional>
#include <memory>

namespace gatehouse {

/// A connection to an address that was checked. One thread at a time.
class OutgoingConnection {
public:
    struct Dialled {
        NetworkAddress address;
        milliseconds within;
    };

    /// Connects and, for https, shakes hands. Throws Poco::Exception.
    static std::unique_ptr<OutgoingConnection> open(const OutgoingUrl& url, const Dialled& dialled,
                                                    const TlsTrust& trust, const CallLimit& limit);

    /// The other side has closed it, or said something that nobody asked for.
    bool isStale();
    /// Throws Poco::Exception.
    void send(const OutgoingUrl& url, const OutgoingRequest& request, const CallLimit& limit);
    /// Until `answer` is done or has a problem. Throws Poco::Exception.
    void receive(AnswerReader& answer, const CallLimit& limit);

private:
    class Session;
    using Obey = std::function<void(const CallLimit&)>;

    OutgoingConnection(const Poco::Net::StreamSocket& socket, Obey obey);

    std::shared_ptr<Session> session_;
    Obey obey_;
};

}  // namespace gatehouse
