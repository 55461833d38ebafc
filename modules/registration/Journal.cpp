// SPDX-License-Identifier: Apache-2.0
#include "Journal.h"

#include <gatehouse/Web.h>

#include <string>
#include <utility>

namespace gatehouse {

namespace {

/// Reading changes nothing.
std::string_view eventOf(std::string_view what) {
    return what == Journal::create   ? "client.registered"
           : what == Journal::update ? "client.changed"
           : what == Journal::remove ? "client.removed"
                                     : std::string_view();
}

bool leavesEvent(std::string_view what, const OAuthError& error) {
    return error.httpStatus() != 429 &&
           (what == Journal::create || error.code != OAuthCode::invalidToken);
}

}  // namespace

Journal::Journal(Host& host) : host_(host) {
    const auto counter = [&host](std::string_view what, const char* outcome) {
        return &host.metrics().counter("gatehouse_client_registrations_total",
                                       "Requests of clients that register themselves",
                                       {{"request", std::string(what)}, {"outcome", outcome}});
    };
    for (const auto what : {create, read, update, remove}) {
        numbers_[what] = {counter(what, "done"), counter(what, "refused")};
    }
}

void Journal::done(const Context& context, const HttpRequest& request, std::string_view what,
                   std::string_view clientId, ValueMap details) const {
    numbers_.at(what).done->add();
    Event event;
    event.type = eventOf(what);
    if (event.type.empty()) {
        return;
    }
    event.clientId = clientId;
    event.remoteAddress = request.remoteAddress;
    event.details = std::move(details);
    host_.events().publish(context, std::move(event));
}

void Journal::refused(const Context& context, const HttpRequest& request, std::string_view what,
                      const OAuthError& error) const {
    numbers_.at(what).refused->add();
    host_.log().write(context, levelOf(error),
                      "registration refused: " +
                          (error.detail.empty() ? error.description : error.detail),
                      {{"request", what}});
    if (!leavesEvent(what, error)) {
        return;
    }
    Event event;
    event.type = "client.registration_refused";
    event.remoteAddress = request.remoteAddress;
    event.details = {{"request", what}, {"error", error.code}};
    host_.events().publish(context, std::move(event));
}

}  // namespace gatehouse
