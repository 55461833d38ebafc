// SPDX-License-Identifier: Apache-2.0
#include "SitesPage.h"

#include "text/Rfc3339.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* deed = "sites";
constexpr int badRequest = 400;

}  // namespace

HttpResponse SitesPage::show(const Context& context, const HttpRequest& request) const {
    const auto holder = desk_.enter(context, request, path);
    if (!holder) {
        return holder.error();
    }
    const auto consents = consents_.list(context, holder->sub());
    if (!consents) {
        return desk_.unavailable(context, request, consents.error());
    }
    ValueList sites;
    for (const auto& consent : *consents) {
        auto site = siteOf(context, request, consent);
        if (!site) {
            return desk_.unavailable(context, request, site.error());
        }
        if (!site->empty()) {
            sites.emplace_back(*std::move(site));
        }
    }
    const bool isAny = !sites.empty();
    ValueMap values{
        {"action", context.issuer.path + path}, {"sites", std::move(sites)}, {"has_sites", isAny}};
    return desk_.show(context, request, *holder, {"account_sites", std::move(values)}, deed);
}

/// Empty: the client is gone, and with it what it was allowed.
Result<ValueMap> SitesPage::siteOf(const Context& context, const HttpRequest& request,
                                   const Consent& consent) const {
    const auto client = clients_.registered(context, consent.clientId);
    if (!client) {
        return client.error();
    }
    if (*client == nullptr) {
        return ValueMap();
    }
    ValueList scopes;
    for (const auto& scope : consent.scopes) {
        scopes.emplace_back(
            ValueMap{{"scope", scope}, {"words", desk_.pages.scope(context, request, scope)}});
    }
    const bool isOne = scopes.size() == 1;
    const auto shown = desk_.pages.client(context, request, **client);
    return ValueMap{{"client_id", consent.clientId},
                    {"name", shown.text("name")},
                    {"since", rfc3339Day(consent.given)},
                    {"scopes", std::move(scopes)},
                    {"has_several", !isOne}};
}

HttpResponse SitesPage::post(const Context& context, const HttpRequest& request) const {
    const auto holder = desk_.enter(context, request, path);
    if (!holder) {
        return holder.error();
    }
    const auto form = desk_.formOf(context, request, *holder, deed);
    if (!form) {
        return form.error();
    }
    const auto scopes = ScopeSet::parse(form->text("scope"));
    if (!form->has("all") && scopes.empty()) {
        return desk_.pages.message(context, request, "browser", badRequest);
    }
    const auto withdrawn =
        consents_.withdraw(context, holder->sub(), form->text("client_id"),
                           form->has("all") ? ScopeSet() : scopes, request.remoteAddress);
    return withdrawn ? desk_.goOn(context, path, "withdrawn")
                     : desk_.unavailable(context, request, withdrawn.error());
}

}  // namespace gatehouse
