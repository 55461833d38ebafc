// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/EventSink.h>

namespace gatehouse {

/// Writes each audit event as a structured line of the server's log, whatever the log's level.
class LogSink final : public EventSink {
public:
    Status configure(const Config& config, Host& host) override;
    void publish(const std::vector<Event>& events) override;

private:
    Host* host_ = nullptr;
};

}  // namespace gatehouse
