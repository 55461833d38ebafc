// SPDX-License-Identifier: Apache-2.0
#include "app/Logging.h"

#include "app/LogChannel.h"

#include <Poco/AutoPtr.h>
#include <Poco/Logger.h>
#include <Poco/NullChannel.h>

#include <unistd.h>

#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t mostWaiting = std::size_t{4} * 1024 * 1024;

int pocoPriority(Level level) {
    switch (level) {
    case Level::debug: return Poco::Message::PRIO_TRACE;
    case Level::info: return Poco::Message::PRIO_INFORMATION;
    case Level::warning: return Poco::Message::PRIO_WARNING;
    case Level::error: break;
    }
    return Poco::Message::PRIO_ERROR;
}

}  // namespace

Logging::Logging(const Settings& settings, Clock& clock)
    : clock_(clock), target_(std::make_shared<LogTarget>()) {
    target_->queue = std::make_shared<LogQueue>(
        settings.isStandardOutput ? STDOUT_FILENO : STDERR_FILENO, mostWaiting);
    Poco::Logger::setChannel("", Poco::AutoPtr<LogChannel>(new LogChannel(target_->queue)));
    setLevel(settings.level);
}

Logging::~Logging() {
    Poco::Logger::setChannel("", Poco::AutoPtr<Poco::NullChannel>(new Poco::NullChannel));
    flush();
}

std::unique_ptr<Log> Logging::log(std::string instance) {
    return std::make_unique<InstanceLog>(std::move(instance), target_, clock_);
}

void Logging::setLevel(Level level) {
    target_->least.store(level, std::memory_order_relaxed);
    Poco::Logger::setLevel("", pocoPriority(level));
}

void Logging::flush() {
    target_->queue->flush();
}

}  // namespace gatehouse
