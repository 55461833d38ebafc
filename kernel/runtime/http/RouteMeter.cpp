// SPDX-License-Identifier: Apache-2.0
#include "http/RouteMeter.h"

#include <algorithm>

namespace gatehouse {

RouteMeter::RouteMeter(Metrics& metrics, const std::string& route, const std::string& method)
    : duration_(&metrics.histogram("gatehouse_http_request_seconds",
                                   "Time from a request's last byte to its answer",
                                   {{"route", route}})) {
    constexpr std::array classes{"1xx", "2xx", "3xx", "4xx", "5xx"};
    for (std::size_t i = 0; i < requests_.size(); ++i) {
        requests_[i] =
            &metrics.counter("gatehouse_http_requests_total", "Requests answered",
                             {{"route", route}, {"method", method}, {"status", classes[i]}});
    }
}

void RouteMeter::record(int status, double elapsed) const noexcept {
    const auto index = static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1);
    requests_[index]->add();
    duration_->observe(elapsed);
}

}  // namespace gatehouse
