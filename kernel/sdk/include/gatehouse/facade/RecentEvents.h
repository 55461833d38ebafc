// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/KeepsRecentEvents.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// What happened to people's accounts lately, where an event sink keeps that. Lent by the kernel to
/// who lists "recent_events" in its needs, for use while serving; grows at its end. Threads: any.
class RecentEvents : public Plugin {
public:
    static constexpr Point point{"recent_events", 1, Cardinality::one};
    /// Is there such an event sink?
    virtual bool areKept() const = 0;
    /// The newest first; nothing where none are kept.
    virtual Result<std::vector<RecentEvent>> of(const Context&, std::string_view sub) const = 0;
};

}  // namespace gatehouse
