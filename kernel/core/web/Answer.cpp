// SPDX-License-Identifier: Apache-2.0
#include "web/Answer.h"

#include "json/Json.h"
#include "text/FormText.h"
#include "text/Lower.h"

#include <algorithm>
#include <set>

namespace gatehouse {

namespace {

constexpr std::size_t longestToken = std::size_t{16} * 1024;

/// b64token of RFC 6750 section 2.1.
bool isToken(std::string_view text) {
    return !text.empty() && text.size() <= longestToken &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return c > 0x20 && c < 0x7f && c != '"' && c != '\\' && c != ',';
           });
}

/// RFC 6750 section 2.1, RFC 9110 section 11.4: the scheme, one space or more, the token. Empty: it
/// is another scheme.
std::string_view headerToken(std::string_view header, std::string_view scheme) {
    if (header.size() <= scheme.size() || header[scheme.size()] != ' ' ||
        lowered(header.substr(0, scheme.size())) != lowered(scheme)) {
        return {};
    }
    return header.substr(std::min(header.find_first_not_of(' ', scheme.size()), header.size()));
}

ShownToken inHeader(const HttpRequest& request, const std::vector<std::string_view>& schemes) {
    const auto header = request.header("authorization");
    for (const auto scheme : schemes) {
        if (const auto token = headerToken(header, scheme); !token.empty()) {
            return {scheme, std::string(token)};
        }
    }
    return {schemes.front(), {}};
}

/// RFC 6750 section 3.1: who showed no token is not told of an error.
bool showedNoToken(const OAuthError& told) {
    return told.code == OAuthCode::invalidToken && told.description.empty();
}

OAuthError malformed(std::string_view description) {
    return OAuthError::of(OAuthCode::invalidRequest, description);
}

}  // namespace

HttpResponse jsonAnswer(std::string body) {
    HttpResponse response;
    response.set("Content-Type", "application/json");
    response.set("Cache-Control", "no-store");
    response.set("Pragma", "no-cache");
    response.body = std::move(body);
    return response;
}

HttpResponse redirectAnswer(std::string_view location) {
    HttpResponse response;
    response.status = 303;
    response.set("Cache-Control", "no-store");
    response.set("Referrer-Policy", "no-referrer");
    response.set("Location", location);
    return response;
}

OAuthError tellable(OAuthError error) {
    if (error.code.empty() || !isErrorText(error.code)) {
        return OAuthError::from(Error::internal("an error code of other characters than allowed"));
    }
    for (char& c : error.description) {
        c = isErrorText({&c, 1}) ? c : '?';
    }
    return error;
}

HttpResponse errorAnswer(const OAuthError& error, const HttpRequest& request) {
    const OAuthError told = tellable(error);
    ValueMap body{{"error", told.code}};
    if (!told.description.empty()) {
        body.set("error_description", told.description);
    }
    HttpResponse response = jsonAnswer(toJson(body));
    response.status = told.httpStatus();
    if (told.code == OAuthCode::invalidClient && !request.header("authorization").empty()) {
        response.set("WWW-Authenticate", R"(Basic realm="client", charset="UTF-8")");
    }
    if (told.retryAfter.count() > 0) {
        response.set("Retry-After", std::to_string(told.retryAfter.count()));
    }
    response.headers.insert(response.headers.end(), told.headers.begin(), told.headers.end());
    return response;
}

std::string bearerChallenge(const OAuthError& told, const Issuer& issuer) {
    std::string challenge = "Bearer realm=\"" + issuer.url + "\"";
    if (!showedNoToken(told) && told.httpStatus() < 500) {
        challenge.append(", error=\"").append(told.code).append("\", error_description=\"");
        challenge.append(told.description).append("\"");
    }
    return challenge;
}

bool hasChallenge(const OAuthError& error) {
    return std::any_of(error.headers.begin(), error.headers.end(),
                       [](const auto& field) { return lowered(field.name) == "www-authenticate"; });
}

HttpResponse bearerErrorAnswer(const OAuthError& error, const Issuer& issuer) {
    const OAuthError told = tellable(error);
    HttpResponse response = errorAnswer(told, {});
    if (showedNoToken(told)) {
        response.body = "{}";
    }
    if (!hasChallenge(told)) {
        response.set("WWW-Authenticate", bearerChallenge(told, issuer));
    }
    return response;
}

Result<Form, OAuthError> readForm(const HttpRequest& request) {
    if (!isForm(request)) {
        return malformed("The content type must be application/x-www-form-urlencoded");
    }
    auto form = parseForm(request.body);
    if (!form) {
        return malformed("The form is malformed");
    }
    std::set<std::string_view> names;
    for (const auto& field : form->fields()) {
        if (field.first != "resource" && !names.insert(field.first).second) {
            return malformed("A parameter is there more than once");
        }
    }
    return *std::move(form);
}

Result<std::string, OAuthError> bearerToken(const HttpRequest& request) {
    static const std::vector<std::string_view> bearer{"Bearer"};
    auto shown = shownToken(request, bearer);
    return shown ? Result<std::string, OAuthError>(std::move(shown->text)) : shown.error();
}

Result<ShownToken, OAuthError> shownToken(const HttpRequest& request,
                                          const std::vector<std::string_view>& schemes) {
    ShownToken shown = inHeader(request, schemes);
    if (request.method == "POST" && isForm(request) && !request.body.empty()) {
        auto form = readForm(request);
        if (!form) {
            return form.error();
        }
        if (form->has("access_token")) {
            if (!shown.text.empty()) {
                return malformed("The access token is there in two places");
            }
            shown.text = form->text("access_token");
        }
    }
    if (shown.text.empty()) {
        return OAuthError::of(OAuthCode::invalidToken, "", "no access token in the request");
    }
    if (!isToken(shown.text)) {
        return malformed("The access token is malformed");
    }
    return shown;
}

}  // namespace gatehouse
