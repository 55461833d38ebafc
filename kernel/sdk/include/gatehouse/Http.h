// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// A header field. Names of received fields are lower case.
struct Header {
    std::string name;
    std::string value;
};

/// Certificates as DER (X.509), each one's issuer after it, as far as they were sent.
using CertificateChain = std::vector<std::string>;

/// A whole request, already checked for framing (RFC 9112). Plain values: no socket behind it.
struct HttpRequest {
    std::string method;  ///< upper case
    std::string path;  ///< as sent, without query
    std::string query;  ///< as sent, without '?'
    std::vector<Header> headers;
    std::string body;
    std::string
        remoteAddress;  ///< the client's address; that behind a trusted proxy, when there is one
    bool isSecure = false;  ///< came over TLS, or a trusted proxy says so
    /// The client's, first its own, whose private key it has proven to hold to us or to a trusted
    /// proxy (RFC 8446 section 4.4.3, RFC 9440); nobody has looked at who issued it. Null: none.
    std::shared_ptr<const CertificateChain> clientCertificate;
    std::string requestId;
    std::string traceParent;  ///< W3C; empty when none was sent
    std::vector<std::pair<std::string, std::string>>
        parameters;  ///< values of "{name}" path segments, decoded

    /// First field of this lower-case name; empty when absent.
    std::string_view header(std::string_view name) const noexcept {
        for (const auto& field : headers) {
            if (field.name == name) {
                return field.value;
            }
        }
        return {};
    }
    /// Value of a "{name}" path segment; empty when the route has none.
    std::string_view parameter(std::string_view name) const noexcept {
        for (const auto& entry : parameters) {
            if (entry.first == name) {
                return entry.second;
            }
        }
        return {};
    }
    /// Value of a cookie (RFC 6265 section 5.4); empty when absent.
    inline std::string_view cookie(std::string_view name) const noexcept;
};

/// A cookie to set. `Secure` follows the issuer's scheme.
struct Cookie {
    std::string name;
    std::string value;
    std::string path = "/";
    seconds lifetime{0};  ///< 0: until the browser closes; negative: remove it now
    bool isSecure = true;
    std::string_view sameSite = "Lax";
    bool isForScripts = false;  ///< otherwise HttpOnly: never for what opens something
};

/// A whole answer. Content-Length, Date, Connection and X-Request-Id are the listener's.
struct HttpResponse {
    int status = 200;
    std::vector<Header> headers;
    std::string body;

    void set(std::string_view name, std::string_view value) {
        headers.push_back({std::string(name), std::string(value)});
    }
    /// Set-Cookie (RFC 6265 section 4.1).
    inline void set(const Cookie& cookie);
};

/// Decoded fields of an `application/x-www-form-urlencoded` text, in the order sent.
class Form {
public:
    using Field = std::pair<std::string, std::string>;

    Form() = default;
    explicit Form(std::vector<Field> fields) : fields_(std::move(fields)) {}

    /// First value under `name`; empty when absent. RFC 6749 section 3.1: no value counts as
    /// absent.
    std::string_view text(std::string_view name) const noexcept {
        for (const auto& field : fields_) {
            if (field.first == name) {
                return field.second;
            }
        }
        return {};
    }
    bool has(std::string_view name) const noexcept { return !text(name).empty(); }
    /// How often `name` was sent.
    std::size_t count(std::string_view name) const noexcept {
        std::size_t found = 0;
        for (const auto& field : fields_) {
            found += field.first == name ? 1 : 0;
        }
        return found;
    }
    const std::vector<Field>& fields() const noexcept { return fields_; }

private:
    std::vector<Field> fields_;
};

namespace detail {

/// The value of the first cookie of this name in a Cookie field.
inline std::optional<std::string_view> cookieIn(std::string_view field,
                                                std::string_view name) noexcept {
    while (!field.empty()) {
        const auto end = field.find(';');
        std::string_view pair = field.substr(0, end);
        field.remove_prefix(end == std::string_view::npos ? field.size() : end + 1);
        pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
        if (pair.size() > name.size() && pair[name.size()] == '=' &&
            pair.substr(0, name.size()) == name) {
            return pair.substr(name.size() + 1);
        }
    }
    return std::nullopt;
}

}  // namespace detail

inline void HttpResponse::set(const Cookie& cookie) {
    std::string text = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
    if (cookie.lifetime.count() != 0) {
        text += "; Max-Age=" +
                std::to_string(cookie.lifetime.count() < 0 ? 0 : cookie.lifetime.count());
    }
    text += cookie.isSecure ? "; Secure" : "";
    text += cookie.isForScripts ? "" : "; HttpOnly";
    set("Set-Cookie", text.append("; SameSite=").append(cookie.sameSite));
}

inline std::string_view HttpRequest::cookie(std::string_view name) const noexcept {
    for (const auto& field : headers) {
        if (field.name != "cookie") {
            continue;
        }
        if (const auto value = detail::cookieIn(field.value, name)) {
            return *value;
        }
    }
    return {};
}

}  // namespace gatehouse
