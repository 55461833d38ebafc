// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Event.h>
#include <gatehouse/Plugin.h>

#include <vector>

namespace gatehouse {

/// Where audit events go. Called from one thread, in order, with those that came meanwhile, so it
/// may block: events wait for it, and what its `when_full` says happens when too many do. What it
/// took it must not lose. With an exception that leaves it all of them count as lost.
class EventSink : public Plugin {
public:
    static constexpr Point point{"event_sink", 1, Cardinality::ordered};
    virtual void publish(const std::vector<Event>& events) = 0;
};

}  // namespace gatehouse
