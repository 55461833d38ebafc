// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "app/ServiceManager.h"
#include "app/Ticker.h"
#include "http/Lanes.h"
#include "http/Listener.h"

namespace gatehouse {

/// Tells the service manager twice in its watchdog time that the server lives, while it does: every
/// loop has gone round, and no request has waited for a worker in vain. When it does not hear that,
/// it starts the server anew.
class Watchdog {
public:
    /// Does nothing when the service manager does not care. The others outlive it.
    Watchdog(const ServiceManager& manager, Listener& listener, Lanes& lanes, Log& log);

private:
    void look();

    const ServiceManager& manager_;
    Listener& listener_;
    Lanes& lanes_;
    Log& log_;
    std::unique_ptr<Ticker> ticker_;  // last: it uses the others
};

}  // namespace gatehouse
