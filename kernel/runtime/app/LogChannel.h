// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/LogQueue.h"

#include <Poco/Channel.h>

#include <memory>

namespace gatehouse {

/// Poco's own messages, and those of whoever uses Poco::Logger, as lines like all others.
class LogChannel final : public Poco::Channel {
public:
    explicit LogChannel(std::shared_ptr<LogQueue> queue);

    void log(const Poco::Message& message) override;

private:
    std::shared_ptr<LogQueue> queue_;
};

}  // namespace gatehouse
