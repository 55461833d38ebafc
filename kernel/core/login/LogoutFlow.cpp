// SPDX-License-Identifier: Apache-2.0
#include "login/LogoutFlow.h"

#include "login/SessionService.h"
#include "page/PageBook.h"

namespace gatehouse {

namespace {

constexpr std::string_view purpose = "logout";

}  // namespace

BrowserAnswer LogoutFlow::show(const Context& context, const HttpRequest& http) const {
    const auto& language = pages_.of(context.issuer).language({}, http);
    const auto who = sessions_.find(context, http);
    if (!who) {
        return fail(context, language, who.error());
    }
    if (!*who) {
        return loggedOut(language);
    }
    const auto browser = guard_.browser(context, http);
    PageView page;
    page.name = "logout";
    page.language = language;
    page.values = {{"action", context.issuer.path + "/logout"},
                   {"csrf", guard_.token(browser, purpose)}};
    auto answer = BrowserAnswer::show(std::move(page));
    answer.cookies = browser.cookies;
    return answer;
}

BrowserAnswer LogoutFlow::post(const Context& context, const HttpRequest& http,
                               const Form& form) const {
    const auto& pages = pages_.of(context.issuer);
    const auto& language = pages.language({}, http);
    if (!guard_.accepts(context, http, form, purpose)) {
        return pages.message(language, "browser", 403);
    }
    if (form.text("decision") != "leave") {
        return pages.message(language, "stayed", 200);
    }
    auto ended = sessions_.end(context, http);
    if (!ended) {
        return fail(context, language, ended.error());
    }
    auto answer = loggedOut(language);
    answer.cookies.push_back(std::move(ended->cookie));
    return answer;
}

BrowserAnswer LogoutFlow::loggedOut(const std::string& language) {
    PageView page;
    page.name = "logged_out";
    page.language = language;
    return BrowserAnswer::show(std::move(page));
}

BrowserAnswer LogoutFlow::fail(const Context& context, const std::string& language,
                               const Error& error) const {
    host_.log().write(context, Level::error, "logout not possible: " + error.detail);
    auto answer = pages_.of(context.issuer).message(language, "unavailable", 503);
    answer.retryAfter = seconds{5};
    return answer;
}

}  // namespace gatehouse
