// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/Time.h>

#include "http/ConnectionId.h"
#include "http/Lanes.h"
#include "http/Router.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

namespace gatehouse {

struct ClientConnection;
class LoopMailbox;
struct LoopShare;
class RequestPipeline;

/// One request on its way to an answer. The loop and a worker share it; who claims it answers.
class HttpExchange final : public Job {
public:
    /// Takes the connection's whole request.
    static std::shared_ptr<HttpExchange> of(ClientConnection& connection, const LoopShare& share);

    HttpRequest request;
    std::shared_ptr<const Router> router;
    Router::Match match;
    std::chrono::steady_clock::time_point begun;
    SteadyPoint arrived{};
    SteadyPoint deadline;
    bool keepsAlive = false;
    bool isOld = false;  ///< HTTP/1.0

    // Where a worker's answer goes.
    std::shared_ptr<RequestPipeline> pipeline;
    std::shared_ptr<LoopMailbox> mailbox;
    ConnectionId connection;

    /// True once: for the one that may answer.
    bool claim() noexcept { return !isClaimed_.exchange(true); }
    bool isClaimed() const noexcept { return isClaimed_; }
    bool needsWorker() const noexcept {
        return match.outcome == Router::Outcome::found && match.lane() != Lane::loop;
    }
    Context context() const noexcept {
        return {*match.issuer, request.requestId, request.traceParent,
                deadline,      arrived,           request.remoteAddress};
    }
    /// On a worker: handles the request, unless nobody waits any more, and leaves the answer.
    void run() noexcept override;

private:
    std::atomic<bool> isClaimed_{false};
};

}  // namespace gatehouse
