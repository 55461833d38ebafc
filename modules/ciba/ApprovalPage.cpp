// SPDX-License-Identifier: Apache-2.0
#include "ApprovalPage.h"

#include <gatehouse/Web.h>

#include "text/Base64Url.h"
#include "text/ShownTime.h"

#include <optional>
#include <utility>

namespace gatehouse {

namespace {

constexpr int badRequest = 400;
constexpr int forbidden = 403;
constexpr int notFound = 404;
constexpr int away = 503;

std::string purposeOf(std::string_view sub) {
    return std::string("approvals|").append(sub);
}

}  // namespace

HttpResponse ApprovalPage::show(const Context& context, const HttpRequest& request) const {
    const auto who = sessions_.find(context, request);
    if (!who || !*who) {
        return nobody(context, request, who);
    }
    const auto& sub = (*who)->subject.sub;
    const auto waiting = asked_.of(context, sub);
    if (!waiting) {
        return unavailable(context, request, waiting.error());
    }
    ValueList views;
    for (const auto& one : *waiting) {
        auto view = viewOf(context, request, one);
        if (!view) {
            return unavailable(context, request, view.error());
        }
        if (!view->empty()) {
            views.emplace_back(*std::move(view));
        }
    }
    const bool isAny = !views.empty();
    ValueMap values{{"action", context.issuer.path + path},
                    {"requests", std::move(views)},
                    {"has_requests", isAny}};
    return pages_.showForm(context, request, {"approvals", std::move(values)}, purposeOf(sub));
}

/// Empty: its client is gone, and the request with it.
Result<ValueMap> ApprovalPage::viewOf(const Context& context, const HttpRequest& http,
                                      const AskedRequest& request) const {
    const auto client = clients_.find(context, request.clientId);
    if (!client) {
        return client.error();
    }
    if (*client == nullptr) {
        return ValueMap();
    }
    ValueList scopes;
    for (const auto& scope : ScopeSet::parse(request.scope)) {
        scopes.emplace_back(ValueMap{{"words", pages_.scope(context, http, scope)}});
    }
    const auto shown = pages_.client(context, http, **client);
    return ValueMap{{"id", base64url(request.reference)}, {"name", shown.text("name")},
                    {"message", request.bindingMessage},  {"scopes", std::move(scopes)},
                    {"address", request.address},         {"time", shownTime(request.asked)}};
}

HttpResponse ApprovalPage::post(const Context& context, const HttpRequest& request) const {
    const auto who = sessions_.find(context, request);
    if (!who || !*who) {
        return nobody(context, request, who);
    }
    const auto& sub = (*who)->subject.sub;
    const auto form = host_.web().form(request);
    // On the page of another person, or of nobody here.
    if (!form || !pages_.accepts(context, request, *form, purposeOf(sub))) {
        return pages_.message(context, request, "browser", forbidden);
    }
    return decide(context, request, form->text("request"), sub);
}

HttpResponse ApprovalPage::askOne(const Context& context, const HttpRequest& request) const {
    return decide(context, request, request.parameter("id"), {});
}

/// `sub`: whose page it was on; empty: it was on none. Who can decide, the kernel knows.
HttpResponse ApprovalPage::decide(const Context& context, const HttpRequest& http,
                                  std::string_view id, std::string_view sub) const {
    const auto reference = fromBase64url(id);
    const auto asked = reference ? asked_.find(context, *reference)
                                 : Result<std::optional<AskedRequest>>(std::nullopt);
    if (!asked) {
        return unavailable(context, http, asked.error());
    }
    return *asked && (sub.empty() || (*asked)->sub == sub)
               ? requests_.decide(context, http, (*asked)->reference)
               : pages_.message(context, http, "approvals.over", notFound);
}

HttpResponse ApprovalPage::tellEnd(const Context& context, const HttpRequest& request) const {
    const auto query = host_.web().query(request.query).value_or(Form());
    if (query.text("decision") == "allow") {
        return pages_.message(context, request, "approvals.allowed", 200);
    }
    const auto error = query.text("error");
    if (error == OAuthCode::accessDenied) {
        return pages_.message(context, request, "approvals.denied", 200);
    }
    const bool isOther = error == OAuthCode::loginRequired;
    return pages_.message(context, request, isOther ? "approvals.other" : "approvals.over",
                          isOther ? forbidden : badRequest);
}

HttpResponse ApprovalPage::nobody(const Context& context, const HttpRequest& request,
                                  const Result<std::optional<SignOn>>& who) const {
    return who ? pages_.message(context, request, "approvals.nobody", forbidden)
               : unavailable(context, request, who.error());
}

HttpResponse ApprovalPage::unavailable(const Context& context, const HttpRequest& request,
                                       const Error& error) const {
    host_.log().write(context, Level::error, "approvals not shown: " + error.detail);
    return pages_.message(context, request, "unavailable", away);
}

}  // namespace gatehouse
