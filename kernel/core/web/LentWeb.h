// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Web.h>

#include <string>
#include <utility>

namespace gatehouse {

/// See Web. Its cookies are one plugin instance's.
class LentWeb final : public Web {
public:
    /// `owner`: unlike any other instance's, with characters of a cookie's name (RFC 6265 section
    /// 4.1.1): "module.demo".
    explicit LentWeb(std::string owner) : owner_(std::move(owner)) {}

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

private:
    std::string purposeOf(std::string_view name) const;

    std::string owner_;
};

}  // namespace gatehouse
