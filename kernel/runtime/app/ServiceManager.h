// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include "config/Configuration.h"

#include <optional>
#include <string>

namespace gatehouse {

/// What the service manager that started this process (systemd) hears from it and gave to it:
/// sd_notify(3), sd_watchdog_enabled(3) and sd_listen_fds(3). Without one all of it does nothing.
class ServiceManager {
public:
    explicit ServiceManager(const Environment& environment);

    /// The listening socket that was given; none: bind one. The error says what is wrong with it.
    Result<std::optional<int>> listeningSocket() const;
    /// How long it may go without hearing alive(); zero when it does not care.
    milliseconds watchdogTime() const noexcept { return watchdogTime_; }

    /// Serving, also again after reloading(). `status` is what `systemctl status` shows.
    void ready(const std::string& status) const;
    void reloading() const;
    void stopping() const;
    /// Threads: any.
    void alive() const;

private:
    void tell(const std::string& message) const;

    const std::string notifySocket_;
    const std::string socketNames_;
    milliseconds watchdogTime_{0};
    int socketCount_ = 0;
};

}  // namespace gatehouse
