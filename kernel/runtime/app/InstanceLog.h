// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "app/LogQueue.h"

#include <atomic>
#include <memory>
#include <string>

namespace gatehouse {

/// Where lines of all instances go, and from which level on.
struct LogTarget {
    std::shared_ptr<LogQueue> queue;
    std::atomic<Level> least{Level::info};
};

/// The Log of one instance.
class InstanceLog final : public Log {
public:
    InstanceLog(std::string instance, std::shared_ptr<LogTarget> target, Clock& clock);

    bool shows(Level level) const noexcept override;
    void write(Level level, std::string_view message, const ValueMap& fields) override;
    void write(const Context& context, Level level, std::string_view message,
               const ValueMap& fields) override;
    bool record(const std::vector<LogRecord>& records) override;

private:
    std::string instance_;
    std::shared_ptr<LogTarget> target_;
    Clock& clock_;
};

}  // namespace gatehouse
