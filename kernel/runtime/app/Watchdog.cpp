// SPDX-License-Identifier: Apache-2.0
#include "app/Watchdog.h"

#include <algorithm>

namespace gatehouse {

Watchdog::Watchdog(const ServiceManager& manager, Listener& listener, Lanes& lanes, Log& log)
    : manager_(manager), listener_(listener), lanes_(lanes), log_(log) {
    if (manager.watchdogTime() > milliseconds{0}) {
        const auto interval = std::max(milliseconds{1}, manager.watchdogTime() / 2);
        ticker_ = std::make_unique<Ticker>(interval, [this] { look(); });
    }
}

void Watchdog::look() {
    const bool isListenerMoving = listener_.isMoving();
    const bool areLanesMoving = lanes_.areMoving();
    if (isListenerMoving && areLanesMoving) {
        manager_.alive();
        return;
    }
    log_.write(Level::error, std::string("watchdog: ") +
                                 (isListenerMoving ? "a request waits, and no worker has taken one"
                                                   : "an HTTP loop has stood still") +
                                 " for half of the watchdog's time; if that lasts, the service "
                                 "manager starts the server anew");
}

}  // namespace gatehouse
