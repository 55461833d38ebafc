// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>

#include "http/HttpExchange.h"
#include "http/ListenerSettings.h"
#include "http/ProxyTrust.h"
#include "http/RequestRefusal.h"

#include <atomic>
#include <string>
#include <string_view>

namespace gatehouse {

/// What is done for every request around its handler: identity, route, guard, answer, log, metrics.
/// Threads: any.
class RequestPipeline {
public:
    RequestPipeline(const ListenerSettings& settings, ProxyTrust trust, Log& log, Metrics& metrics,
                    Clock& clock);

    bool trusts(const NetworkAddress& peer) const noexcept { return trust_.trusts(peer); }
    /// Fills in who asks and which route answers. `request` and `router` are set.
    void admit(HttpExchange& exchange, bool isFromProxy) const;
    /// Calls the handler; what it throws becomes a server_error.
    HttpResponse handle(const HttpExchange& exchange) const noexcept;
    /// To a request that cannot be worked out in time: a page where a browser asks for one.
    static HttpResponse turnAway(const HttpExchange& exchange);
    /// Appends the answer to `out`, counts and logs it. Clears exchange.keepsAlive when the
    /// connection must be closed afterwards.
    void finish(HttpExchange& exchange, HttpResponse response, std::string& out) const noexcept;
    /// What is known of a request that was not read to its end.
    struct Asked {
        const Router& router;
        const HttpRequest& part;  ///< what was read of it
        std::string_view peer;
    };
    /// Appends the answer to what could not be read as a request.
    void refuse(const RequestRefusal& refusal, const Asked& asked, std::string& out) const;

    /// From now on every answer ends its connection.
    void drain() noexcept { isDraining_ = true; }
    bool isDraining() const noexcept { return isDraining_; }
    Log& log() const noexcept { return log_; }

private:
    void account(const HttpExchange& exchange, int status, std::size_t bytes) const;

    ProxyTrust trust_;
    milliseconds answerTimeout_;
    std::string strictTransport_;
    Log& log_;
    Clock& clock_;
    RouteMeter unrouted_;
    std::atomic<bool> isDraining_{false};
};

}  // namespace gatehouse
