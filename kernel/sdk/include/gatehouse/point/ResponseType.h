// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/Time.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse {

/// A success answer of the authorization endpoint while it is made. Implemented by the kernel;
/// grows at its end.
class AnswerInMaking {
public:
    virtual ~AnswerInMaking() = default;
    /// Its issuer too.
    virtual const Context& context() const noexcept = 0;
    virtual const Client& client() const noexcept = 0;
    /// What the person allowed; a code of the same answer stands for it too.
    virtual const Authorization& authorization() const noexcept = 0;
    /// What it has so far: `code`, and what kinds before added.
    virtual const std::vector<Form::Field>& parameters() const noexcept = 0;
    /// Adds a parameter.
    virtual void add(std::string_view name, std::string value) = 0;
    /// Adds an access token that lives for `longest` at most, with `token_type`, `expires_in` and,
    /// where it is another than was asked for, `scope` (RFC 6749 section 4.2.2). There is no
    /// refresh token with it. It is revoked with what comes of the answer's code.
    virtual Result<std::monostate, OAuthError> addAccessToken(seconds longest) = 0;
    /// Adds an ID token that has the hashes of the code and the access token that the answer has so
    /// far (OpenID Connect Core sections 3.2.2.10 and 3.3.2.11). Where it has neither, it tells
    /// what UserInfo would tell (section 5.4).
    virtual Result<std::monostate, OAuthError> addIdToken() = 0;
};

/// A kind of thing that the authorization endpoint gives, beside a code or in place of one: a word
/// of `response_type` (OAuth 2.0 Multiple Response Type Encoding Practices). `code` is the
/// kernel's. Answers with one of these never come in the query; unless the client asks for another
/// `response_mode`, they come in the fragment, and so do the errors of such requests.
class ResponseType : public Plugin {
public:
    static constexpr Point point{"response_type", 1, Cardinality::many};
    static constexpr std::string_view code = "code";

    /// The word: letters, digits and underscores; static storage. No two have the same.
    virtual std::string_view kind() const noexcept = 0;
    /// The grant that clients which ask for it must be registered for ("implicit"); static storage.
    /// Empty: none. Discovery names it.
    virtual std::string_view grant() const noexcept = 0;
    /// May it be asked for without `code`, and without another kind that may be?
    virtual bool standsAlone() const noexcept = 0;
    /// Is what it adds made of what others added? Those are then asked before.
    virtual bool comesLast() const noexcept { return false; }
    /// What is wrong with a request that asks for it; its parameters are those that are checked.
    virtual Result<std::monostate, OAuthError> check(const Form& parameters) const = 0;
    /// Adds what it stands for. Nothing of the answer is good before all of it is stored. Asked
    /// again when somebody changed the same session meanwhile.
    virtual Result<std::monostate, OAuthError> addTo(AnswerInMaking& answer) const = 0;
};

}  // namespace gatehouse
