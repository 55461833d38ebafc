// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Value.h>
#include <gatehouse/Web.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

// Answers that every protocol endpoint gives alike.

/// 200 with JSON, not to be stored by any cache (RFC 6749 section 5.1).
HttpResponse jsonAnswer(std::string body);
/// 303, not to be stored by any cache, and no site is told where the browser came from.
HttpResponse redirectAnswer(std::string_view location);
/// As it may go on the wire: an error whose code has none or other characters than RFC 6749 allows
/// is a fault of ours; in its description they become '?'.
OAuthError tellable(OAuthError error);
/// The error of an endpoint that clients call directly (RFC 6749 section 5.2): its status and
/// headers, WWW-Authenticate when the client used the Authorization header, Retry-After.
HttpResponse errorAnswer(const OAuthError& error, const HttpRequest& request);
/// The error of a resource that is asked with a bearer token (RFC 6750 section 3).
HttpResponse bearerErrorAnswer(const OAuthError& error, const Issuer& issuer);
/// What that says in WWW-Authenticate, of an error that is tellable().
std::string bearerChallenge(const OAuthError& told, const Issuer& issuer);
/// Has the error a WWW-Authenticate field of its own?
bool hasChallenge(const OAuthError& error);
/// The request's form: the right content type, well-formed, no doubled parameter (RFC 6749
/// section 3.2) but `resource` (RFC 8707 section 2).
Result<Form, OAuthError> readForm(const HttpRequest& request);
/// An access token, and how a request shows it.
struct ShownToken {
    std::string_view scheme;  ///< one of those asked for
    std::string text;
};
/// The access token of a request by one of these schemes, of which the first is "Bearer" and stands
/// for the form too (RFC 6750 section 2).
Result<ShownToken, OAuthError> shownToken(const HttpRequest& request,
                                          const std::vector<std::string_view>& schemes);
/// The access token of a request, from the header or the form (RFC 6750 section 2); empty when
/// there is none.
Result<std::string, OAuthError> bearerToken(const HttpRequest& request);

}  // namespace gatehouse
