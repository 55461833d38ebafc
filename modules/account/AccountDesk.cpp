// SPDX-License-Identifier: Apache-2.0
#include "AccountDesk.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* everyProof = "urn:gatehouse:acr:two-factors";
constexpr int forbidden = 403;
constexpr int away = 503;

std::string purposeOf(std::string_view deed, const Holder& holder) {
    return std::string("account|").append(deed).append("|").append(holder.sub());
}

}  // namespace

AccountDesk::AccountDesk(Host& lent, seconds freshFor)
    : host(lent), logins(lent.one<Logins>()), pages(lent.one<Pages>()), people(lent.one<People>()),
      sessions(lent.one<Sessions>()), freshFor_(freshFor) {}

Result<Holder, HttpResponse> AccountDesk::enter(const Context& context, const HttpRequest& request,
                                                std::string_view path) const {
    if (auto answer = demand(context, request, {}, path)) {
        return *std::move(answer);
    }
    auto session = sessions.find(context, request);
    if (!session) {
        return unavailable(context, request, session.error());
    }
    auto person = *session ? people.find(context, (*session)->subject) : std::optional<User>();
    if (!person) {
        return unavailable(context, request, person.error());
    }
    if (!*person) {  // signed out, or removed, this very moment
        return pages.message(context, request, "account.left", forbidden);
    }
    auto store = (*session)->subject.store;
    return Holder{**std::move(session), {std::move(store), **std::move(person)}};
}

std::optional<HttpResponse> AccountDesk::mustProve(const Context& context,
                                                   const HttpRequest& request,
                                                   std::string_view path) const {
    return demand(context, request, {freshFor_, everyProof}, path);
}

Result<Holder, HttpResponse> AccountDesk::enterProven(const Context& context,
                                                      const HttpRequest& request,
                                                      std::string_view path) const {
    if (auto answer = mustProve(context, request, path)) {
        return *std::move(answer);
    }
    return enter(context, request, path);
}

/// Who gave up, or signed in as somebody else, is not asked again at once, and sees nothing yet.
std::optional<HttpResponse> AccountDesk::demand(const Context& context, const HttpRequest& request,
                                                const SignInDemand& wanted,
                                                std::string_view path) const {
    return query(request).has("error")
               ? pages.show(context, request, {"account_left", {}}, forbidden)
               : logins.signIn(context, request, wanted, path);
}

HttpResponse AccountDesk::show(const Context& context, const HttpRequest& request,
                               const Holder& holder, Page page, std::string_view deed) const {
    const auto& user = holder.person.user;
    const auto name = user.claims.text("name");
    const auto done = query(request).text("done");
    page.values.set("name", std::string(name.empty() ? std::string_view(user.login) : name));
    page.values.set("login", user.login);
    page.values.set("has_name", !name.empty() && name != user.login);
    if (!done.empty() && request.method == "GET") {
        page.values.set("notice",
                        pages.text(context, request, std::string("account_done.").append(done)));
    }
    return pages.showForm(context, request, std::move(page), purposeOf(deed, holder));
}

Result<Form, HttpResponse> AccountDesk::formOf(const Context& context, const HttpRequest& request,
                                               const Holder& holder, std::string_view deed) const {
    auto form = host.web().form(request);
    if (!form || !pages.accepts(context, request, *form, purposeOf(deed, holder))) {
        return pages.message(context, request, "browser", forbidden);
    }
    return *std::move(form);
}

HttpResponse AccountDesk::goOn(const Context& context, std::string_view path,
                               std::string_view done) const {
    auto target = context.issuer.path;
    target.append(path);
    if (!done.empty()) {
        target.append("?done=").append(done);
    }
    return host.web().redirect(target);
}

HttpResponse AccountDesk::unavailable(const Context& context, const HttpRequest& request,
                                      const Error& error) const {
    host.log().write(context, Level::error, "account not shown: " + error.detail);
    return pages.message(context, request, "unavailable", away);
}

Form AccountDesk::query(const HttpRequest& request) const {
    return host.web().query(request.query).value_or(Form());
}

std::string AccountDesk::words(const Context& context, const HttpRequest& request,
                               const Browser& browser) const {
    const auto& [name, system] = browser;
    const auto key = std::string("account_sessions.browser") + (name.empty() ? ".unknown" : "") +
                     (system.empty() ? "" : ".on");
    return pages.text(context, request, key, {{"browser", name}, {"system", system}});
}

void AccountDesk::tell(const Context& context, const HttpRequest& request, const Holder& holder,
                       std::string_view type, ValueMap details) const {
    Event event;
    event.type = type;
    event.subject = holder.sub();
    event.remoteAddress = request.remoteAddress;
    event.details = std::move(details);
    event.details.set("login", holder.person.user.login);
    for (const auto& [name, word] : {std::pair("browser", holder.session.browser.name),
                                     std::pair("system", holder.session.browser.system)}) {
        if (!word.empty()) {
            event.details.set(name, word);
        }
    }
    host.events().publish(context, std::move(event));
}

}  // namespace gatehouse
