// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/facade/Sessions.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Something that happened to somebody's account, as they are told of it.
struct RecentEvent {
    std::string text;  ///< what: the key of a text of the plugin's
    TimePoint time{};  ///< for the last time
    std::int64_t times = 1;  ///< how often, where several are told as one
    std::string clientId;  ///< on the way to which site; may be empty
    std::string remoteAddress;  ///< from where; may be empty
    Browser browser{};
};

/// Beside an EventSink: it keeps the last events of each person, for them to look at. Threads: any.
class KeepsRecentEvents {
public:
    static constexpr Capability capability{"event_sink.recent_events", 1};
    KeepsRecentEvents(const KeepsRecentEvents&) = delete;
    KeepsRecentEvents& operator=(const KeepsRecentEvents&) = delete;
    virtual ~KeepsRecentEvents() = default;

    /// The newest first.
    virtual Result<std::vector<RecentEvent>> recent(const Context&, std::string_view sub) const = 0;

private:
    template <class P, class... C> friend class With;
    KeepsRecentEvents() = default;
};

}  // namespace gatehouse
