// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/ConnectionId.h"
#include "http/NetworkAddress.h"
#include "http/Poller.h"

#include <Poco/Net/StreamSocket.h>

#include <mutex>
#include <string>
#include <vector>

namespace gatehouse {

/// A worker's answer, ready to be sent.
struct Answer {
    ConnectionId connection;
    std::string bytes;
    bool keepsAlive = false;
};

struct AcceptedSocket {
    Poco::Net::StreamSocket socket;
    NetworkAddress peer;
    bool asksForCertificate = false;
};

/// What other threads leave for a loop. Wakes the loop only when it sleeps.
class LoopMailbox {
public:
    struct Mail {
        std::vector<Answer> answers;
        std::vector<AcceptedSocket> sockets;
    };

    /// Threads: any.
    void post(Answer answer);
    void post(AcceptedSocket socket);
    /// Makes the loop look around.
    void nudge();

    // The loop's own thread:

    /// False when there is mail: do not sleep. Otherwise the next post() wakes.
    bool fallAsleep();
    /// Swaps with `mail`, whose vectors are empty.
    void collect(Mail& mail);
    WakeUp& wakeUp() noexcept { return wakeUp_; }

private:
    std::mutex mutex_;
    Mail mail_;
    bool isAsleep_ = false;
    bool isNudged_ = false;
    WakeUp wakeUp_;
};

}  // namespace gatehouse
