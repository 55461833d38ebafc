// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>

#include "authorization/AuthorizationRequest.h"
#include "page/BrowserAnswer.h"

#include <string_view>

namespace gatehouse {

/// Answers of the authorization endpoint, in the way the client asked for (RFC 6749 section 4.1.2,
/// OAuth 2.0 Form Post Response Mode). A person who has just sent one of our forms goes on from a
/// page, see ContentPolicy. Each carries `iss` (RFC 9207) and the state exactly as sent.
/// Pure.
class AuthorizationResponse {
public:
    AuthorizationResponse(const Context& context, const HttpRequest& http, const ReplyTo& replyTo,
                          const Client& client, std::string_view language)
        : context_(context), http_(http), replyTo_(replyTo), client_(client), language_(language) {}

    BrowserAnswer success(std::string_view code) const;
    /// RFC 6749 section 4.1.2.1; the description is reduced to the characters it may have.
    BrowserAnswer error(const OAuthError& error) const;

private:
    BrowserAnswer send(std::vector<Form::Field> fields) const;
    BrowserAnswer goTo(std::string location) const;
    PageView view(std::string name) const;

    const Context& context_;
    const HttpRequest& http_;
    const ReplyTo& replyTo_;
    const Client& client_;
    std::string_view language_;
};

}  // namespace gatehouse
