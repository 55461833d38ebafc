// SPDX-License-Identifier: Apache-2.0
#include "app/LogChannel.h"

#include "app/LogLine.h"

#include <Poco/Message.h>

#include <utility>

namespace gatehouse {

namespace {

Level levelOf(Poco::Message::Priority priority) {
    if (priority <= Poco::Message::PRIO_ERROR) {
        return Level::error;
    }
    if (priority <= Poco::Message::PRIO_WARNING) {
        return Level::warning;
    }
    return priority <= Poco::Message::PRIO_INFORMATION ? Level::info : Level::debug;
}

}  // namespace

LogChannel::LogChannel(std::shared_ptr<LogQueue> queue) : queue_(std::move(queue)) {}

void LogChannel::log(const Poco::Message& message) {
    const TimePoint time{milliseconds{message.getTime().epochMicroseconds() / 1000}};
    const ValueMap none;
    queue_->push(logLine({time,
                          levelOf(message.getPriority()),
                          message.getSource(),
                          message.getText(),
                          {},
                          {},
                          none}));
}

}  // namespace gatehouse
