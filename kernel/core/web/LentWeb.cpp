// SPDX-License-Identifier: Apache-2.0
#include "web/LentWeb.h"

#include "json/Json.h"
#include "page/BrowserCookie.h"
#include "text/FormText.h"
#include "web/Answer.h"

#include <utility>

namespace gatehouse {

Result<Form, OAuthError> LentWeb::form(const HttpRequest& request) const {
    return readForm(request);
}

std::optional<Form> LentWeb::query(std::string_view text) const {
    return parseForm(text);
}

Result<std::string, OAuthError> LentWeb::bearerToken(const HttpRequest& request) const {
    return gatehouse::bearerToken(request);
}

std::optional<Value> LentWeb::parseJson(std::string_view text) const {
    return gatehouse::parseJson(text);
}

std::string LentWeb::toJson(const Value& value) const {
    return gatehouse::toJson(value);
}

HttpResponse LentWeb::json(std::string body) const {
    return jsonAnswer(std::move(body));
}

HttpResponse LentWeb::error(const OAuthError& error, const HttpRequest& request) const {
    return errorAnswer(error, request);
}

HttpResponse LentWeb::bearerError(const OAuthError& error, const Issuer& issuer) const {
    return bearerErrorAnswer(error, issuer);
}

HttpResponse LentWeb::redirect(std::string_view location) const {
    return redirectAnswer(location);
}

Cookie LentWeb::cookie(const Issuer& issuer, std::string_view name, std::string value) const {
    return makeCookie(issuer, purposeOf(name), std::move(value));
}

std::string_view LentWeb::cookieOf(const Issuer& issuer, const HttpRequest& request,
                                   std::string_view name) const {
    return readCookie(issuer, request, purposeOf(name));
}

/// None of the kernel's has a dot.
std::string LentWeb::purposeOf(std::string_view name) const {
    return std::string(owner_).append(".").append(name);
}

}  // namespace gatehouse
