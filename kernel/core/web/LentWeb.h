// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Web.h>

namespace gatehouse {

/// See Web.
class LentWeb final : public Web {
public:
    Result<Form, OAuthError> form(const HttpRequest& request) const override;
    std::optional<Form> query(std::string_view text) const override;
    Result<std::string, OAuthError> bearerToken(const HttpRequest& request) const override;
    std::optional<Value> parseJson(std::string_view text) const override;
    std::string toJson(const Value& value) const override;
    HttpResponse json(std::string body) const override;
    HttpResponse error(const OAuthError& error, const HttpRequest& request) const override;
    HttpResponse bearerError(const OAuthError& error, const Issuer& issuer) const override;
    HttpResponse redirect(std::string_view location) const override;
    Cookie cookie(const Issuer& issuer, std::string_view name, std::string value) const override;
    std::string_view cookieOf(const Issuer& issuer, const HttpRequest& request,
                              std::string_view name) const override;
};

}  // namespace gatehouse
