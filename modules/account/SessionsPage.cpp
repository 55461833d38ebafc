// SPDX-License-Identifier: Apache-2.0
#include "SessionsPage.h"

#include "text/ShownTime.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* deed = "sessions";
constexpr const char* everywhere = "everywhere";

const std::string& sidOf(const SignOn& session) {
    return session.authentication.sessionId;
}

}  // namespace

HttpResponse SessionsPage::show(const Context& context, const HttpRequest& request) const {
    const auto holder = desk_.enter(context, request, path);
    if (!holder) {
        return holder.error();
    }
    auto sessions = desk_.sessions.list(context, holder->sub());
    if (!sessions) {
        return desk_.unavailable(context, request, sessions.error());
    }
    std::stable_sort(sessions->begin(), sessions->end(), [&](const SignOn& one, const SignOn& two) {
        const bool isOne = sidOf(one) == sidOf(holder->session);
        const bool isTwo = sidOf(two) == sidOf(holder->session);
        return isOne != isTwo ? isOne : one.seen > two.seen;
    });
    ValueList rows;
    for (const auto& session : *sessions) {
        rows.emplace_back(shown(context, request, session, *holder));
    }
    const bool hasOthers = rows.size() > 1;
    ValueMap values{{"action", context.issuer.path + path},
                    {"everywhere", context.issuer.path + everywherePath},
                    {"sessions", std::move(rows)},
                    {"has_others", hasOthers}};
    return desk_.show(context, request, *holder, {"account_sessions", std::move(values)}, deed);
}

ValueMap SessionsPage::shown(const Context& context, const HttpRequest& request,
                             const SignOn& session, const Holder& holder) const {
    return {{"sid", sidOf(session)},
            {"browser", desk_.words(context, request, session.browser)},
            {"since", shownTime(session.authentication.time)},
            {"seen", shownTime(session.seen)},
            {"is_here", sidOf(session) == sidOf(holder.session)}};
}

HttpResponse SessionsPage::post(const Context& context, const HttpRequest& request) const {
    const auto holder = desk_.enter(context, request, path);
    if (!holder) {
        return holder.error();
    }
    const auto form = desk_.formOf(context, request, *holder, deed);
    if (!form) {
        return form.error();
    }
    if (form->text("end") == sidOf(holder->session)) {
        return leave(context, request);
    }
    const auto ended = form->has("others") ? endOthers(context, request, *holder) : Status(done());
    const auto one =
        desk_.sessions.endOne(context, holder->sub(), form->text("end"), request.remoteAddress);
    if (!ended || !one) {
        return desk_.unavailable(context, request, ended ? one.error() : ended.error());
    }
    return desk_.goOn(context, path, "ended");
}

Status SessionsPage::endOthers(const Context& context, const HttpRequest& request,
                               const Holder& holder) const {
    const auto sessions = desk_.sessions.list(context, holder.sub());
    if (!sessions) {
        return sessions.error();
    }
    for (const auto& session : *sessions) {
        if (sidOf(session) == sidOf(holder.session)) {
            continue;
        }
        const auto ended =
            desk_.sessions.endOne(context, holder.sub(), sidOf(session), request.remoteAddress);
        if (!ended) {
            return ended.error();
        }
    }
    return done();
}

HttpResponse SessionsPage::showEverywhere(const Context& context,
                                          const HttpRequest& request) const {
    const auto holder = desk_.enterProven(context, request, everywherePath);
    if (!holder) {
        return holder.error();
    }
    return desk_.show(
        context, request, *holder,
        {"account_everywhere",
         {{"action", context.issuer.path + everywherePath}, {"back", context.issuer.path + path}}},
        everywhere);
}

HttpResponse SessionsPage::postEverywhere(const Context& context,
                                          const HttpRequest& request) const {
    const auto holder = desk_.enterProven(context, request, everywherePath);
    if (!holder) {
        return holder.error();
    }
    const auto form = desk_.formOf(context, request, *holder, everywhere);
    if (!form) {
        return form.error();
    }
    const auto ended = endOthers(context, request, *holder);
    return ended ? leave(context, request) : desk_.unavailable(context, request, ended.error());
}

/// Out of this browser.
HttpResponse SessionsPage::leave(const Context& context, const HttpRequest& request) const {
    const auto cookies = desk_.sessions.end(context, request);
    if (!cookies) {
        return desk_.unavailable(context, request, cookies.error());
    }
    auto response = desk_.pages.message(context, request, "account.signed_out", 200);
    for (const auto& cookie : *cookies) {
        response.set(cookie);
    }
    return response;
}

}  // namespace gatehouse
