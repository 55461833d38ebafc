// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "app/InstanceLog.h"

#include <memory>
#include <string>

namespace gatehouse {

/// The server's log: one JSON object a line, written on a thread of its own. Poco's loggers write
/// to it too.
class Logging {
public:
    struct Settings {
        Level level = Level::info;
        bool isStandardOutput = false;  ///< instead of standard error
    };

    Logging(const Settings& settings, Clock& clock);
    /// Writes what is left.
    ~Logging();
    Logging(const Logging&) = delete;
    Logging& operator=(const Logging&) = delete;

    /// A log under this name; it may outlive this object.
    std::unique_ptr<Log> log(std::string instance);
    void setLevel(Level level);
    /// Returns when what was logged before is written.
    void flush();

private:
    Clock& clock_;
    std::shared_ptr<LogTarget> target_;
};

}  // namespace gatehouse
