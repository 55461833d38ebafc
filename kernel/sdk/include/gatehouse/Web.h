// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// The level of a log line about a refusal: error when the fault is ours, info when it is the
/// asker's. A stranger must not be able to raise an alarm.
inline Level levelOf(const OAuthError& error) noexcept {
    return error.httpStatus() >= 500 ? Level::error : Level::info;
}

/// Reading requests and writing answers as every protocol endpoint does, so that no plugin writes a
/// parser. Implemented by the kernel; grows at its end. Threads: any.
class Web {
public:
    virtual ~Web() = default;
    /// The form of a request: the right content type, well-formed, no doubled parameter (RFC 6749
    /// section 3.2) but `resource` (RFC 8707 section 2).
    virtual Result<Form, OAuthError> form(const HttpRequest& request) const = 0;
    /// The fields of a query, doubled ones too. nullopt: malformed.
    virtual std::optional<Form> query(std::string_view text) const = 0;
    /// The access token of a request, from the header or the form (RFC 6750 section 2).
    virtual Result<std::string, OAuthError> bearerToken(const HttpRequest& request) const = 0;
    /// One JSON text (RFC 8259), read strictly; size is the caller's to limit. nullopt: malformed.
    virtual std::optional<Value> parseJson(std::string_view text) const = 0;
    /// Compact JSON, always valid.
    virtual std::string toJson(const Value& value) const = 0;

    /// 200 with this JSON text, not to be stored by any cache (RFC 6749 section 5.1).
    virtual HttpResponse json(std::string body) const = 0;
    /// The error of an endpoint that clients call directly (RFC 6749 section 5.2): its status
    /// and headers, WWW-Authenticate when the client used the Authorization header, Retry-After.
    virtual HttpResponse error(const OAuthError& error, const HttpRequest& request) const = 0;
    /// The error of a resource that is asked with a bearer token (RFC 6750 section 3).
    virtual HttpResponse bearerError(const OAuthError& error, const Issuer& issuer) const = 0;

    /// Sends a browser on by GET (RFC 9110 section 15.4.4), not to be stored by any cache.
    virtual HttpResponse redirect(std::string_view location) const = 0;
    /// A cookie that lives as long as the browser runs. Each plugin instance has its own by this
    /// name, and each issuer; on https no neighbouring host can set it (RFC 6265bis section
    /// 4.1.3.2). With a negative lifetime it is taken away.
    virtual Cookie cookie(const Issuer& issuer, std::string_view name, std::string value) const = 0;
    /// What such a cookie says in this request; empty: the browser sent none.
    virtual std::string_view cookieOf(const Issuer& issuer, const HttpRequest& request,
                                      std::string_view name) const = 0;
};

}  // namespace gatehouse
