// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// Error codes of RFC 6749 sections 4.1.2.1 and 5.2, RFC 6750 section 3.1, OpenID Connect Core
/// section 3.1.2.6.
enum class OAuthCode {
    invalidRequest,
    invalidClient,
    invalidGrant,
    unauthorizedClient,
    unsupportedGrantType,
    unsupportedResponseType,
    unsupportedTokenType,
    invalidScope,
    invalidToken,
    insufficientScope,
    accessDenied,
    serverError,
    temporarilyUnavailable,
    interactionRequired,
    loginRequired,
    consentRequired,
    accountSelectionRequired,
    unmetAuthenticationRequirements,  ///< an essential acr (OpenID Connect Core section 5.5.1.1)
    requestNotSupported,
    requestUriNotSupported,
    registrationNotSupported,
    invalidTarget,  ///< RFC 8707 section 2
    slowDown  ///< also the answer to a rate limit: 429 with Retry-After
};

/// The code as it stands on the wire.
constexpr std::string_view toText(OAuthCode code) noexcept {
    switch (code) {
    case OAuthCode::invalidRequest: return "invalid_request";
    case OAuthCode::invalidClient: return "invalid_client";
    case OAuthCode::invalidGrant: return "invalid_grant";
    case OAuthCode::unauthorizedClient: return "unauthorized_client";
    case OAuthCode::unsupportedGrantType: return "unsupported_grant_type";
    case OAuthCode::unsupportedResponseType: return "unsupported_response_type";
    case OAuthCode::unsupportedTokenType: return "unsupported_token_type";
    case OAuthCode::invalidScope: return "invalid_scope";
    case OAuthCode::invalidToken: return "invalid_token";
    case OAuthCode::insufficientScope: return "insufficient_scope";
    case OAuthCode::accessDenied: return "access_denied";
    case OAuthCode::serverError: return "server_error";
    case OAuthCode::temporarilyUnavailable: return "temporarily_unavailable";
    case OAuthCode::interactionRequired: return "interaction_required";
    case OAuthCode::loginRequired: return "login_required";
    case OAuthCode::consentRequired: return "consent_required";
    case OAuthCode::accountSelectionRequired: return "account_selection_required";
    case OAuthCode::unmetAuthenticationRequirements: return "unmet_authentication_requirements";
    case OAuthCode::requestNotSupported: return "request_not_supported";
    case OAuthCode::requestUriNotSupported: return "request_uri_not_supported";
    case OAuthCode::registrationNotSupported: return "registration_not_supported";
    case OAuthCode::invalidTarget: return "invalid_target";
    case OAuthCode::slowDown: return "slow_down";
    }
    return "server_error";
}

/// What an OAuth client is told, and beside it what only the log is told.
struct OAuthError {
    OAuthCode code = OAuthCode::serverError;
    std::string description;  ///< for the wire: printable ASCII without '"' and '\'; a fixed text,
                              ///< never an echo
    std::string detail;  ///< for the log: exactly which check failed
    seconds retryAfter{0};  ///< for slow_down and temporarily_unavailable

    static OAuthError of(OAuthCode code, std::string_view description, std::string detail = {}) {
        return {code, std::string(description), std::move(detail), seconds{0}};
    }
    /// A failure below, as RFC 6749 words it: a dependency that is away, or a fault of ours.
    static OAuthError from(const Error& error) {
        if (error.isTemporary()) {
            return {OAuthCode::temporarilyUnavailable,
                    "The server is temporarily unavailable, try again", error.detail, seconds{1}};
        }
        return {OAuthCode::serverError, "The server could not process the request", error.detail,
                seconds{0}};
    }
};

}  // namespace gatehouse
