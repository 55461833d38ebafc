// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccountDesk.h"
#include "EventsPage.h"
#include "WaysPage.h"

namespace gatehouse {

/// Who I am, and where to look after what.
class OverviewPage {
public:
    static constexpr const char* path = "/account";

    OverviewPage(const AccountDesk& desk, const WaysPage& ways, const EventsPage& events)
        : desk_(desk), ways_(ways), events_(events) {}

    HttpResponse show(const Context& context, const HttpRequest& request) const;

private:
    const AccountDesk& desk_;
    const WaysPage& ways_;
    const EventsPage& events_;
};

}  // namespace gatehouse
