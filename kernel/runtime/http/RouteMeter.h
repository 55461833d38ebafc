// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <array>
#include <string>

namespace gatehouse {

/// Counts the answers of one route by class of status, and how long they took. Threads: any.
class RouteMeter {
public:
    RouteMeter(Metrics& metrics, const std::string& route, const std::string& method);

    /// `elapsed` in seconds, from the request's last byte to the whole answer.
    void record(int status, double elapsed) const noexcept;

private:
    std::array<Counter*, 5> requests_;  // by first digit of the status, from 1
    Histogram* duration_;
};

}  // namespace gatehouse
