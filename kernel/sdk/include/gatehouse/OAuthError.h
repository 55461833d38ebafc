// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// Error codes as they stand on the wire: RFC 6749 sections 4.1.2.1 and 5.2, RFC 6750 section 3.1,
/// OpenID Connect Core section 3.1.2.6. Texts: whoever defines another says it as it is.
struct OAuthCode {
    using Text = std::string_view;
    static constexpr Text invalidRequest = "invalid_request";
    static constexpr Text invalidClient = "invalid_client";
    static constexpr Text invalidGrant = "invalid_grant";
    static constexpr Text unauthorizedClient = "unauthorized_client";
    static constexpr Text unsupportedGrantType = "unsupported_grant_type";
    static constexpr Text unsupportedResponseType = "unsupported_response_type";
    static constexpr Text unsupportedTokenType = "unsupported_token_type";
    static constexpr Text invalidScope = "invalid_scope";
    static constexpr Text invalidToken = "invalid_token";
    static constexpr Text insufficientScope = "insufficient_scope";
    static constexpr Text accessDenied = "access_denied";
    static constexpr Text serverError = "server_error";
    static constexpr Text temporarilyUnavailable = "temporarily_unavailable";
    static constexpr Text interactionRequired = "interaction_required";
    static constexpr Text loginRequired = "login_required";
    static constexpr Text consentRequired = "consent_required";
    static constexpr Text accountSelectionRequired = "account_selection_required";
    /// An essential acr (OpenID Connect Core section 5.5.1.1).
    static constexpr Text unmetAuthenticationRequirements = "unmet_authentication_requirements";
    static constexpr Text requestNotSupported = "request_not_supported";
    static constexpr Text requestUriNotSupported = "request_uri_not_supported";
    static constexpr Text invalidRequestUri = "invalid_request_uri";  ///< RFC 9101 section 7
    static constexpr Text registrationNotSupported = "registration_not_supported";
    static constexpr Text invalidTarget = "invalid_target";  ///< RFC 8707 section 2
    static constexpr Text slowDown = "slow_down";  ///< RFC 8628 section 3.5
    static constexpr Text authorizationPending = "authorization_pending";  ///< the same
};

/// The characters of `error` and `error_description` (RFC 6749 section 5.2): %x20-21 / %x23-5B /
/// %x5D-7E.
inline bool isErrorText(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

/// What an OAuth client is told, and beside it what only the log is told.
struct OAuthError {
    std::string code{OAuthCode::serverError};  ///< what is no isErrorText() becomes server_error
    std::string description;  ///< for the wire: isErrorText(); a fixed text, never an echo
    std::string detail;  ///< for the log: exactly which check failed
    seconds retryAfter{0};  ///< asks the client to wait
    int status = 0;  ///< HTTP, of an answer that is no redirect; 0: that of the code
    std::vector<Header> headers{};  ///< beside those that all such answers have

    static OAuthError of(std::string_view code, std::string_view description,
                         std::string detail = {}) {
        return {std::string(code), std::string(description), std::move(detail), seconds{0}};
    }
    /// A failure below, as RFC 6749 words it: a dependency that is away, or a fault of ours.
    static OAuthError from(const Error& error) {
        if (!error.isTemporary()) {
            return of(OAuthCode::serverError, "The server could not process the request",
                      error.detail);
        }
        auto away = of(OAuthCode::temporarilyUnavailable,
                       "The server is temporarily unavailable, try again", error.detail);
        away.retryAfter = seconds{1};
        return away;
    }
    /// A rate limit: 429 (RFC 6585 section 4).
    static OAuthError tooMany(std::string_view description, seconds wait, std::string detail = {}) {
        auto error = of(OAuthCode::slowDown, description, std::move(detail));
        error.retryAfter = wait;
        error.status = 429;
        return error;
    }

    /// Its own, if it is one of errors, or else that of its code; 400 for codes not known here.
    int httpStatus() const noexcept {
        if (status >= 400 && status < 600) {
            return status;
        }
        if (code == OAuthCode::invalidClient || code == OAuthCode::invalidToken) {
            return 401;
        }
        if (code == OAuthCode::insufficientScope) {
            return 403;
        }
        if (code == OAuthCode::serverError) {
            return 500;
        }
        return code == OAuthCode::temporarilyUnavailable ? 503 : 400;
    }
};

}  // namespace gatehouse
