// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/RecentEvents.h>

#include "AccountDesk.h"

namespace gatehouse {

/// What happened to my account lately; only where an event sink keeps that.
class EventsPage {
public:
    static constexpr const char* path = "/account/events";

    explicit EventsPage(const AccountDesk& desk)
        : desk_(desk), clients_(desk.host.one<Clients>()), events_(desk.host.one<RecentEvents>()) {}

    bool isThere() const { return events_.areKept(); }
    HttpResponse show(const Context& context, const HttpRequest& request) const;

private:
    Result<ValueMap> shown(const Context& context, const HttpRequest& request,
                           const RecentEvent& event) const;

    const AccountDesk& desk_;
    const Clients& clients_;
    const RecentEvents& events_;
};

}  // namespace gatehouse
