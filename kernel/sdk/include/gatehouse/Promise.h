// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/LoginStep.h>

#include <functional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Tokens that a person has yet to allow, elsewhere than where their client waits (RFC 8628, OpenID
/// Connect CIBA).
struct Promise {
    /// The kind of ticket that the grant opens (TokenRequest::openTicket). Until somebody decided
    /// that gives `authorization_pending`, `slow_down`, `access_denied` or `expired_token`.
    static constexpr std::string_view ticket = "promised";

    std::string_view grant;  ///< the `grant_type` that redeems it
    seconds lifetime{0};  ///< for so long it can be decided about
    seconds interval{5};  ///< between two questions of its client (RFC 8628 section 3.5)
    /// The template on which the person allows it or not, in place of `consent`, and what it shows
    /// beside what that does.
    Page page;
    /// Below the issuer's: where the browser is told how it went, by a query with `error` unless it
    /// was allowed.
    std::string returnPath;
    /// Who alone can decide about it, with their `sub`: asked once all else of the request is known
    /// to be good. Without it whoever has a page of it open can.
    std::function<Result<Subject, OAuthError>()> person{};
    /// Below the issuer's: where that person decides, with the reference in base64url behind;
    /// approvers are told. Empty: nowhere.
    std::string askPath{};
    bool isSigned = false;  ///< its client signed the parameters, as it has to
};

/// A promise that was made.
struct Promised {
    std::string text;  ///< the client's, as Tickets::issue()
    std::string reference;  ///< the server's own: nothing is opened by it at the token endpoint
};

}  // namespace gatehouse
