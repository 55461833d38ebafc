// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Event.h>
#include <gatehouse/Plugin.h>

namespace gatehouse {

/// Where audit events go. Called from one thread, in order, so it may block: events wait for it,
/// and what its `when_full` says happens when too many do. What it took it must not lose. An
/// exception that leaves it is counted and logged.
class EventSink : public Plugin {
public:
    static constexpr Point point{"event_sink", 1, Cardinality::ordered};
    virtual void publish(const Event& event) = 0;
};

}  // namespace gatehouse
