// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/Lanes.h"
#include "http/Listener.h"
#include "http/ListenerMeters.h"
#include "http/ListenerSettings.h"
#include "http/ListeningSockets.h"
#include "http/LoopMailbox.h"
#include "http/RequestPipeline.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace gatehouse {

/// What the loops of a listener have in common. Fixed before they start, but for the atomics.
struct LoopShare {
    /// A loop as the others see it.
    struct Peer {
        std::shared_ptr<LoopMailbox> mailbox = std::make_shared<LoopMailbox>();
        std::atomic<std::size_t> connections{0};  ///< its own and those on their way to it
        std::atomic<std::uint64_t> rounds{0};  ///< it has begun
    };

    LoopShare(const ListenerSettings& given, Lanes& workers, RouterSource source,
              std::shared_ptr<RequestPipeline> duties, Metrics& metrics, ListeningSockets listening)
        : settings(given), lanes(workers), router(std::move(source)), pipeline(std::move(duties)),
          meters(metrics), sockets(std::move(listening)), ownsBacklog(given.inheritedSocket < 0) {}

    ListenerSettings settings;
    Lanes& lanes;
    RouterSource router;
    std::shared_ptr<RequestPipeline> pipeline;
    ListenerMeters meters;
    ListeningSockets sockets;
    bool ownsBacklog;  ///< nobody else will accept what is still queued
    std::vector<std::unique_ptr<Peer>> loops;
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> handshakes{0};  ///< connections that have not agreed on TLS yet
    std::atomic<std::size_t> unfinishedBytes{0};  ///< of all requests that have not come whole
    std::atomic<std::size_t> accepting{0};  ///< loops that still watch the listening sockets
    std::atomic<bool> isCutOff{false};  ///< close what is left
};

}  // namespace gatehouse
