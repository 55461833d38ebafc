// SPDX-License-Identifier: Apache-2.0
#include "LogoutEndpoint.h"

#include <gatehouse/Web.h>

#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/FormText.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view purpose = "logout";
/// What the form says of everybody who is signed in in the browser.
constexpr std::string_view all = "leave";
/// What still fits a request line.
constexpr std::size_t longestQuery = 30'000;
/// A script goes on as soon as all frames are there, or cannot be.
constexpr const char* forFrames = "5;url=";

/// Of those in front of the others that the browser names: `ui_locales` has blanks between them.
HttpRequest inLanguages(const HttpRequest& request, const Form& form) {
    if (!form.has("ui_locales")) {
        return request;
    }
    std::string languages(form.text("ui_locales"));
    std::replace(languages.begin(), languages.end(), ' ', ',');
    HttpRequest asked = request;
    asked.headers.insert(
        asked.headers.begin(),
        {"accept-language", languages.append(",").append(request.header("accept-language"))});
    return asked;
}

ValueList inputsOf(const Form& form) {
    constexpr std::string_view names[] = {"id_token_hint", "client_id", "post_logout_redirect_uri",
                                          "state", "ui_locales"};
    ValueList inputs;
    for (const auto name : names) {
        if (form.has(name)) {
            inputs.emplace_back(ValueMap{{"name", name}, {"value", form.text(name)}});
        }
    }
    return inputs;
}

}  // namespace

HttpResponse LogoutEndpoint::get(const Context& context, const HttpRequest& request) const {
    const auto form = parseForm(request.query);
    if (!form) {
        return refuse(context, request, invalid("The query is malformed"));
    }
    const auto asked = inLanguages(request, *form);
    const auto logout = reader_.read(context, *form);
    if (!logout) {
        return refuse(context, asked, logout.error());
    }
    const auto sessions = sessions_.findAll(context, asked);
    if (!sessions) {
        return fail(context, asked, sessions.error());
    }
    for (const auto& session : *sessions) {
        if (isOf(context, session, *logout)) {
            return end(context, asked, *logout, {session});
        }
    }
    return sessions->empty() ? end(context, asked, *logout, {})
                             : ask(context, asked, *form, *sessions);
}

/// Another site's POST arrives without our cookies, which are SameSite=Lax; so it is sent on to
/// GET, which has them.
HttpResponse LogoutEndpoint::post(const Context& context, const HttpRequest& request) const {
    const auto form = isForm(request) ? parseForm(request.body) : std::nullopt;
    if (!form) {
        return refuse(context, request, invalid("The form is malformed"));
    }
    if (form->has("decision")) {
        return decide(context, inLanguages(request, *form), *form);
    }
    const auto query = writeForm(form->fields());
    if (query.size() > longestQuery) {
        return refuse(context, request, invalid("The request is too long"));
    }
    return host_.web().redirect(context.issuer.path + path + "?" + query);
}

HttpResponse LogoutEndpoint::back(const Context& context, const HttpRequest& request) const {
    const auto query = parseForm(request.query);
    return leave(context, request,
                 elsewhere_.locationIn(context, query ? query->text("state") : std::string_view()));
}

/// Is the ID token of this session? One of a time when they did not tell is of its person's.
bool LogoutEndpoint::isOf(const Context& context, const SignOn& session,
                          const LogoutRequest& logout) const {
    const auto sid = logout.hint.text("sid");
    if (sid.empty()) {
        return logout.hint.text("sub") == session.subject.sub;
    }
    const auto told = logout.client == nullptr
                          ? Result<std::string>(session.authentication.sessionId)
                          : sessions_.sidFor(context, *logout.client, session);
    return told && *told == sid;
}

HttpResponse LogoutEndpoint::ask(const Context& context, const HttpRequest& request,
                                 const Form& form, const std::vector<SignOn>& sessions) const {
    ValueMap values{{"action", context.issuer.path + path}, {"fields", inputsOf(form)}};
    const bool areSeveral = sessions.size() > 1;
    values.set("has_accounts", areSeveral);
    if (areSeveral) {
        auto names = namesOf(context, sessions);
        if (!names) {
            return fail(context, request, names.error());
        }
        values.set("accounts", *std::move(names));
    }
    return pages_.showForm(context, request, {"logout", std::move(values)}, purpose);
}

Result<ValueList> LogoutEndpoint::namesOf(const Context& context,
                                          const std::vector<SignOn>& sessions) const {
    ValueList accounts;
    for (const auto& session : sessions) {
        const auto person = people_.find(context, session.subject);
        if (!person) {
            return person.error();
        }
        const auto login = *person ? (*person)->login : std::string();
        const auto name = *person ? (*person)->claims.text("name") : std::string_view();
        accounts.emplace_back(ValueMap{{"number", std::to_string(accounts.size() + 1)},
                                       {"name", name.empty() ? login : std::string(name)},
                                       {"login", login},
                                       {"has_name", !name.empty() && name != login},
                                       {"token", tokenOf(session)}});
    }
    return accounts;
}

/// Only the page says what a form calls a session.
std::string LogoutEndpoint::tokenOf(const SignOn& session) const {
    return base64url(host_.crypto().mac("session", session.authentication.sessionId));
}

HttpResponse LogoutEndpoint::decide(const Context& context, const HttpRequest& request,
                                    const Form& form) const {
    if (!pages_.accepts(context, request, form, purpose)) {
        constexpr int forbidden = 403;
        return pages_.message(context, request, "browser", forbidden);
    }
    const auto sessions = sessions_.findAll(context, request);
    if (!sessions) {
        return fail(context, request, sessions.error());
    }
    const auto chosen = chosenIn(form, *sessions);
    if (chosen.empty() && form.text("decision") != all) {
        return pages_.message(context, request, "stayed", 200);
    }
    const auto logout = reader_.read(context, form);
    return logout ? end(context, request, *logout, chosen)
                  : refuse(context, request, logout.error());
}

std::vector<SignOn> LogoutEndpoint::chosenIn(const Form& form, std::vector<SignOn> sessions) const {
    const auto decision = form.text("decision");
    const auto isOther = [&](const SignOn& session) {
        return decision != all && !host_.crypto().equal(decision, tokenOf(session));
    };
    sessions.erase(std::remove_if(sessions.begin(), sessions.end(), isOther), sessions.end());
    return sessions;
}

HttpResponse LogoutEndpoint::end(const Context& context, const HttpRequest& request,
                                 const LogoutRequest& logout,
                                 const std::vector<SignOn>& sessions) const {
    const auto frames = framesOf(context, sessions);
    if (!frames) {
        return fail(context, request, frames.error());
    }
    const auto cookies = sessions_.endThese(context, request, sessions);
    if (!cookies) {
        return fail(context, request, cookies.error());
    }
    auto response =
        leave(context, request, elsewhere_.onTheWay(context, sessions, logout.location), *frames);
    for (const auto& cookie : *cookies) {
        response.set(cookie);
    }
    return response;
}

Result<std::vector<std::string>>
LogoutEndpoint::framesOf(const Context& context, const std::vector<SignOn>& sessions) const {
    std::vector<std::string> urls;
    for (const auto& session : sessions) {
        const auto frames = sessions_.frames(context, session);
        if (!frames) {
            return frames.error();
        }
        urls.insert(urls.end(), frames->begin(), frames->end());
    }
    return urls;
}

/// No browser lets our form lead elsewhere by a redirect, and frames take their time: a page goes
/// on.
HttpResponse LogoutEndpoint::leave(const Context& context, const HttpRequest& request,
                                   const std::string& location,
                                   const std::vector<std::string>& frames) const {
    if (!location.empty() && request.method == "GET" && frames.empty()) {
        return host_.web().redirect(location);
    }
    auto response =
        pages_.show(context, request,
                    {"logged_out", {{"location", location}, {"frames", listOfTexts(frames)}}});
    if (!location.empty()) {
        response.set("Refresh", (frames.empty() ? "0;url=" : forFrames) + location);
    }
    return response;
}

HttpResponse LogoutEndpoint::refuse(const Context& context, const HttpRequest& request,
                                    const OAuthError& error) const {
    host_.log().write(context, levelOf(error), "logout refused: " + error.description,
                      {{"detail", error.detail}});
    return pages_.error(context, request, error);
}

HttpResponse LogoutEndpoint::fail(const Context& context, const HttpRequest& request,
                                  const Error& error) const {
    constexpr int unavailable = 503;
    host_.log().write(context, Level::error, "logout not possible: " + error.detail);
    auto response = pages_.message(context, request, "unavailable", unavailable);
    response.set("Retry-After", "5");
    return response;
}

}  // namespace gatehouse
