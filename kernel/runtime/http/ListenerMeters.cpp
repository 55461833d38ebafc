// SPDX-License-Identifier: Apache-2.0
#include "http/ListenerMeters.h"

namespace gatehouse {

ListenerMeters::ListenerMeters(Metrics& metrics)
    : open_(metrics.gauge("gatehouse_http_connections", "Open connections")) {
    constexpr std::array reasons{"malformed",        "too_large",    "head_timeout",
                                 "answer_timeout",   "send_timeout", "queue_full",
                                 "connections_full", "idle_evicted", "unfinished_full"};
    for (std::size_t i = 0; i < turned_.size(); ++i) {
        turned_[i] =
            &metrics.counter("gatehouse_http_refused_total", "Requests and connections turned away",
                             {{"reason", reasons[i]}});
    }
}

}  // namespace gatehouse
