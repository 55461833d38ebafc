// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Web.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Splits forms at '&' and '=' without decoding, takes a bearer token as it stands, knows the JSON
/// texts that a test puts into `values`, and answers with what it was given.
class FakeWeb final : public Web {
public:
    Result<Form, OAuthError> form(const HttpRequest& request) const override {
        return *query(request.body);
    }
    std::optional<Form> query(std::string_view text) const override {
        std::vector<Form::Field> fields;
        while (!text.empty()) {
            const auto part = text.substr(0, text.find('&'));
            const auto middle = part.find('=');
            fields.emplace_back(part.substr(0, middle),
                                middle == std::string_view::npos ? "" : part.substr(middle + 1));
            text.remove_prefix(std::min(part.size() + 1, text.size()));
        }
        return Form(std::move(fields));
    }
    Result<std::string, OAuthError> bearerToken(const HttpRequest& request) const override {
        constexpr std::string_view scheme = "Bearer ";
        const auto header = request.header("authorization");
        if (header.substr(0, scheme.size()) != scheme) {
            return OAuthError::of(OAuthCode::invalidToken, "", "no access token");
        }
        return std::string(header.substr(scheme.size()));
    }
    std::optional<Value> parseJson(std::string_view text) const override {
        const auto found = values.find(text);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    }
    std::string toJson(const Value& value) const override {
        for (const auto& known : values) {
            if (known.second == value) {
                return known.first;
            }
        }
        return "JSON";
    }
    HttpResponse json(std::string body) const override {
        HttpResponse response;
        response.body = std::move(body);
        return response;
    }
    HttpResponse error(const OAuthError& error, const HttpRequest& /*request*/) const override {
        HttpResponse response;
        response.status = error.httpStatus();
        response.body = error.code;
        return response;
    }
    HttpResponse bearerError(const OAuthError& error, const Issuer& /*issuer*/) const override {
        HttpResponse response;
        response.status = error.httpStatus();
        response.body = error.code;
        return response;
    }

    HttpResponse redirect(std::string_view location) const override {
        HttpResponse response;
        response.status = 303;
        response.set("Location", location);
        return response;
    }
    Cookie cookie(const Issuer& /*issuer*/, std::string_view name,
                  std::string value) const override {
        return {std::string(name), std::move(value)};
    }
    std::string_view cookieOf(const Issuer& /*issuer*/, const HttpRequest& request,
                              std::string_view name) const override {
        return request.cookie(name);
    }

    std::map<std::string, Value, std::less<>> values;  ///< by their JSON text
};

}  // namespace gatehouse::testkit
