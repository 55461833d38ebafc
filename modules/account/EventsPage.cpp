// SPDX-License-Identifier: Apache-2.0
#include "EventsPage.h"

#include "PasswordPage.h"
#include "SessionsPage.h"
#include "text/ShownTime.h"

#include <string>
#include <utility>

namespace gatehouse {

HttpResponse EventsPage::show(const Context& context, const HttpRequest& request) const {
    const auto holder = desk_.enter(context, request, path);
    if (!holder) {
        return holder.error();
    }
    const auto events = events_.of(context, holder->sub());
    if (!events) {
        return desk_.unavailable(context, request, events.error());
    }
    ValueList rows;
    for (const auto& event : *events) {
        auto row = shown(context, request, event);
        if (!row) {
            return desk_.unavailable(context, request, row.error());
        }
        rows.emplace_back(*std::move(row));
    }
    const bool isAny = !rows.empty();
    ValueMap values{{"events", std::move(rows)},
                    {"has_events", isAny},
                    {"everywhere", context.issuer.path + SessionsPage::everywherePath}};
    if (desk_.people.editor(context.issuer, holder->person.store) != nullptr) {
        values.set("password", context.issuer.path + PasswordPage::path);
    }
    return desk_.show(context, request, *holder, {"account_events", std::move(values)}, "events");
}

/// A site that is gone has no name any more.
Result<ValueMap> EventsPage::shown(const Context& context, const HttpRequest& request,
                                   const RecentEvent& event) const {
    const auto& pages = desk_.pages;
    ValueMap row{{"what", pages.text(context, request, event.text)},
                 {"time", shownTime(event.time)}};
    if (event.times > 1) {
        row.set("times", pages.text(context, request, "account_events.times",
                                    {{"times", std::to_string(event.times)}}));
    }
    if (!event.clientId.empty()) {
        const auto client = clients_.registered(context, event.clientId);
        if (!client) {
            return client.error();
        }
        if (*client != nullptr) {
            row.set("site", pages.client(context, request, **client).text("name"));
        }
    }
    if (!event.browser.name.empty() || !event.browser.system.empty()) {
        row.set("browser", desk_.words(context, request, event.browser));
    }
    if (!event.remoteAddress.empty()) {
        row.set("address", pages.text(context, request, "account_events.address",
                                      {{"address", event.remoteAddress}}));
    }
    return row;
}

}  // namespace gatehouse
