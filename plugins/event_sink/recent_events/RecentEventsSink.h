// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/KeepsRecentEvents.h>
#include <gatehouse/point/EventSink.h>

#include "EventBook.h"

#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Keeps the last events of each person, for the page of their account.
class RecentEventsSink final : public With<EventSink, KeepsRecentEvents> {
public:
    Status configure(const Config& config, Host& host) override;
    /// Throws when the storage is away.
    void publish(const std::vector<Event>& events) override;
    Result<std::vector<RecentEvent>> recent(const Context& context,
                                            std::string_view sub) const override;

private:
    Host* host_ = nullptr;
    std::optional<EventBook> book_;
};

}  // namespace gatehouse
