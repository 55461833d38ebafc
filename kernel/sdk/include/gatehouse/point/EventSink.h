// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Event.h>
#include <gatehouse/Plugin.h>

namespace gatehouse {

/// Where audit events go. Called from the one event thread, in order, so it may block; none is lost
/// on a clean stop.
class EventSink : public Plugin {
public:
    static constexpr Point point{"event_sink", 1, Cardinality::ordered};
    virtual void publish(const Event& event) noexcept = 0;
};

}  // namespace gatehouse
