// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Value.h>
#include <gatehouse/facade/Clients.h>

#include <memory>
#include <string>
#include <string_view>

namespace gatehouse {

/// A request to end a session, as far as it is proven.
struct LogoutRequest {
    std::shared_ptr<const Client> client;  ///< nullptr: nobody says which, or it is gone
    ValueMap hint;  ///< claims of the ID token that it shows; empty: none
    std::string location;  ///< where its client wants the browser to be sent: a URI that it has
                           ///< registered, with the state; empty: nowhere
};

/// A request to end a session that is wrong, and why.
OAuthError invalid(std::string_view why);

/// Reads requests to end a session (OpenID Connect RP-Initiated Logout section 2). Threads: any.
class LogoutRequestReader {
public:
    LogoutRequestReader(Host& host, const Clients& clients) : host_(host), clients_(clients) {}

    /// The error is for the person: nothing in the request can be believed.
    Result<LogoutRequest, OAuthError> read(const Context& context, const Form& form) const;

private:
    Result<ValueMap, OAuthError> hintIn(const Context& context, const Form& form) const;
    Result<std::shared_ptr<const Client>, OAuthError>
    clientOf(const Context& context, const Form& form, const ValueMap& hint) const;

    Host& host_;
    const Clients& clients_;
};

}  // namespace gatehouse
