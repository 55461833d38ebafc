// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/Acceptor.h"
#include "http/ConnectionDriver.h"
#include "http/LoopMailbox.h"
#include "http/LoopShare.h"
#include "http/Poller.h"

#include <cstddef>

namespace gatehouse {

/// One event loop. Its connections belong to it alone: nobody else touches their sockets.
class EventLoop {
public:
    /// `self` is its place in share.loops.
    EventLoop(LoopShare& share, std::size_t self);
    ~EventLoop() = default;
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// Serves until the share says to drain and no connection is left, or says to cut off.
    void run() noexcept;
    /// After run(): connections were closed before they were answered.
    bool hasCutOff() const noexcept { return hasCutOff_; }

private:
    using Phase = ClientConnection::Phase;

    bool isFinished();
    void round();
    int sleepLimit() const noexcept;
    void onEvent(const Poller::Event& event);
    void readMail();
    void expire(ClientConnection::Moment now);
    milliseconds limitOf(Phase phase) const noexcept;

    void beginAccepting();
    bool acceptSome();
    void welcome(const AcceptedSocket& accepted);
    bool evictIdlest();
    void stopAccepting();
    void beginDrain();
    void cutOff();

    LoopShare& share_;
    LoopShare::Peer& self_;
    Acceptor acceptor_;
    Poller poller_;
    ConnectionDriver driver_;
    LoopMailbox::Mail mail_;
    ClientConnection::Moment now_;
    ClientConnection::Moment acceptsAgain_;  // while out of descriptors
    bool isAccepting_ = false;
    bool isDraining_ = false;
    bool hasCutOff_ = false;
};

}  // namespace gatehouse
