// SPDX-License-Identifier: Apache-2.0
#include "web/Answer.h"

#include "json/Json.h"
#include "text/FormText.h"

#include <algorithm>
#include <set>

namespace gatehouse {

namespace {

constexpr std::string_view formType = "application/x-www-form-urlencoded";
constexpr std::size_t longestToken = std::size_t{16} * 1024;

std::string lower(std::string_view text) {
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lowered;
}

/// b64token of RFC 6750 section 2.1.
bool isToken(std::string_view text) {
    return !text.empty() && text.size() <= longestToken &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return c > 0x20 && c < 0x7f && c != '"' && c != '\\' && c != ',';
           });
}

/// RFC 6750 section 2.1, RFC 9110 section 11.4: the scheme, one space or more, the token.
std::string_view headerToken(const HttpRequest& request) {
    constexpr std::string_view scheme = "bearer ";
    const auto header = request.header("authorization");
    if (lower(header.substr(0, scheme.size())) != scheme) {
        return {};
    }
    return header.substr(std::min(header.find_first_not_of(' ', scheme.size()), header.size()));
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

OAuthError tellable(OAuthError error) {
    if (error.code.empty() || !isErrorText(error.code)) {
        return OAuthError::from(Error::internal("an error code of other characters than allowed"));
    }
    for (char& c : error.description) {
        c = isErrorText({&c, 1}) ? c : '?';
    }
    return error;
}

HttpResponse errorAnswer(const OAuthError& given, const HttpRequest& request) {
    const OAuthError error = tellable(given);
    ValueMap body{{"error", error.code}};
    if (!error.description.empty()) {
        body.set("error_description", error.description);
    }
    HttpResponse response = jsonAnswer(toJson(body));
    response.status = error.httpStatus();
    if (error.code == OAuthCode::invalidClient && !request.header("authorization").empty()) {
        response.set("WWW-Authenticate", R"(Basic realm="client", charset="UTF-8")");
    }
    if (error.retryAfter.count() > 0) {
        response.set("Retry-After", std::to_string(error.retryAfter.count()));
    }
    response.headers.insert(response.headers.end(), error.headers.begin(), error.headers.end());
    return response;
}

HttpResponse bearerErrorAnswer(const OAuthError& given, const Issuer& issuer) {
    const OAuthError error = tellable(given);
    HttpResponse response = errorAnswer(error, {});
    std::string challenge = "Bearer realm=\"" + issuer.url + "\"";
    // RFC 6750 section 3.1: who showed no token is not told of an error
    if (error.code == OAuthCode::invalidToken && error.description.empty()) {
        response.body = "{}";
    } else if (error.httpStatus() < 500) {
        challenge.append(", error=\"").append(error.code).append("\", error_description=\"");
        challenge.append(error.description).append("\"");
    }
    response.set("WWW-Authenticate", challenge);
    return response;
}

bool isForm(const HttpRequest& request) {
    auto type = request.header("content-type");
    type = type.substr(0, type.find(';'));
    type = type.substr(0, type.find_last_not_of(" \t") + 1);
    return lower(type) == formType;
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
    std::string token(headerToken(request));
    if (request.method == "POST" && isForm(request) && !request.body.empty()) {
        auto form = readForm(request);
        if (!form) {
            return form.error();
        }
        if (form->has("access_token")) {
            if (!token.empty()) {
                return malformed("The access token is there in two places");
            }
            token = form->text("access_token");
        }
    }
    if (token.empty()) {
        return OAuthError::of(OAuthCode::invalidToken, "", "no access token in the request");
    }
    if (!isToken(token)) {
        return malformed("The access token is malformed");
    }
    return token;
}

}  // namespace gatehouse
