// SPDX-License-Identifier: Apache-2.0
#include "http/ListenerMeters.h"

namespace gatehouse {

namespace {

Counter& handshakes(Metrics& metrics, const char* isResumed) {
    return metrics.counter("gatehouse_tls_handshakes_total", "TLS connections agreed on",
                           {{"resumed", isResumed}});
}

}  // namespace

Turned kindOf(int status) noexcept {
    switch (status) {
    case 408: return Turned::headTimeout;
    case 413:
    case 414:
    case 431: return Turned::tooLarge;
    case 503: return Turned::unfinishedFull;
    default: return Turned::malformed;
    }
}

ListenerMeters::ListenerMeters(Metrics& metrics)
    : agreed_(handshakes(metrics, "no")), resumed_(handshakes(metrics, "yes")),
      open_(metrics.gauge("gatehouse_http_connections", "Open connections")) {
    constexpr std::array reasons{"malformed",        "too_large",         "head_timeout",
                                 "answer_timeout",   "send_timeout",      "queue_full",
                                 "connections_full", "idle_evicted",      "unfinished_full",
                                 "handshake_failed", "handshake_timeout", "handshakes_full",
                                 "not_tls"};
    for (std::size_t i = 0; i < turned_.size(); ++i) {
        turned_[i] =
            &metrics.counter("gatehouse_http_refused_total", "Requests and connections turned away",
                             {{"reason", reasons[i]}});
    }
}

}  // namespace gatehouse
