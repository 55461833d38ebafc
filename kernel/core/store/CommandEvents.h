// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>

namespace gatehouse {

/// Audit events of commands. A command is a process of its own without event sinks: it leaves what
/// it did in the storage, and one of the servers, sooner or later, hands it to its sinks. Threads:
/// any.
class CommandEvents {
public:
    static constexpr const char* topic = "command";

    CommandEvents(Records& records, Clock& clock, Random& random)
        : records_(records), clock_(clock), random_(random) {}

    /// Leaves an event "admin.command" for the servers of the deployment, which are told. It stays
    /// until one of them has taken it. The time is added.
    Status leave(const Context& context, ValueMap details);
    /// Publishes what was left, in order; no other node publishes the same.
    Status handOut(const Context& context, Events& events);

private:
    Records& records_;
    Clock& clock_;
    Random& random_;
};

}  // namespace gatehouse
