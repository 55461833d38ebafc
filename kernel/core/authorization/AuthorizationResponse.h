// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>

#include "authorization/AuthorizationRequest.h"
#include "page/BrowserAnswer.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

class AnswerMembers;
class ResponseModes;

/// What plugins add to an answer, to a browser with the sessions of these `sid`s.
struct AnswerAdditions {
    const AnswerMembers* members = nullptr;  ///< nullptr: the session is not known, and nothing
    std::string sids = {};  ///< empty: nobody is signed in
};

/// Answers of the authorization endpoint, in the way the client asked for (RFC 6749 section 4.1.2).
/// A person who has just sent one of our forms goes on from a page, see ContentPolicy. Each carries
/// `iss` (RFC 9207) and the state exactly as sent. What no response mode can write is an error
/// page.
class AuthorizationResponse {
public:
    AuthorizationResponse(const Context& context, const HttpRequest& http, const ReplyTo& replyTo,
                          const Client& client, std::string_view language,
                          const ResponseModes& modes, AnswerAdditions additions = {})
        : context_(context), http_(http), replyTo_(replyTo), client_(client), language_(language),
          modes_(modes), additions_(std::move(additions)) {}

    BrowserAnswer success(std::vector<Form::Field> parameters) const {
        return send(std::move(parameters));
    }
    /// RFC 6749 section 4.1.2.1; the description is reduced to the characters it may have.
    BrowserAnswer error(const OAuthError& error) const;

private:
    BrowserAnswer send(std::vector<Form::Field> fields) const;
    void add(std::vector<Form::Field>& fields) const;
    BrowserAnswer goTo(std::string location) const;
    PageView view(std::string name) const;

    const Context& context_;
    const HttpRequest& http_;
    const ReplyTo& replyTo_;
    const Client& client_;
    std::string_view language_;
    const ResponseModes& modes_;
    const AnswerAdditions additions_;
};

}  // namespace gatehouse
