// SPDX-License-Identifier: Apache-2.0
#include "app/InstanceLog.h"

#include "app/LogLine.h"

#include <utility>

namespace gatehouse {

InstanceLog::InstanceLog(std::string instance, std::shared_ptr<LogTarget> target, Clock& clock)
    : instance_(std::move(instance)), target_(std::move(target)), clock_(clock) {}

bool InstanceLog::shows(Level level) const noexcept {
    return level >= target_->least.load(std::memory_order_relaxed);
}

void InstanceLog::write(Level level, std::string_view message, const ValueMap& fields) {
    if (shows(level)) {
        target_->queue->push(logLine({clock_.now(), level, instance_, message, {}, {}, fields}));
    }
}

void InstanceLog::write(const Context& context, Level level, std::string_view message,
                        const ValueMap& fields) {
    if (shows(level)) {
        target_->queue->push(logLine({clock_.now(), level, instance_, message, context.requestId,
                                      context.traceParent, fields}));
    }
}

bool InstanceLog::record(const std::vector<LogRecord>& records) {
    std::string lines;
    for (const auto& record : records) {
        lines += logLine({clock_.now(),
                          Level::info,
                          instance_,
                          record.message,
                          record.requestId,
                          {},
                          record.fields});
    }
    return target_->queue->writeNow(lines);
}

}  // namespace gatehouse
