// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Possession.h>
#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string_view>
#include <variant>

namespace gatehouse {

/// What tokens are bound to, so that having one is not enough (RFC 7800). A token that is bound to
/// nothing is a bearer token. The first binding in the configuration that finds something in a
/// token request has the tokens. See also AskedBinding and BindingAnswer.
class TokenBinding : public Plugin {
public:
    static constexpr Point point{"token_binding", 1, Cardinality::ordered};
    /// The member of `cnf` that is its (RFC 7800 section 3.1), and under which codes, families and
    /// tokens keep what they are bound to; static storage. Two of one name are refused at start; a
    /// token with a name that nobody has is not good.
    virtual std::string_view confirmation() const noexcept = 0;
    /// `token_type` of the answer (RFC 6749 section 7.1), and the scheme of the Authorization field
    /// by which such a token is shown; static storage.
    virtual std::string_view tokenType() const noexcept = 0;
    /// Asked at the token endpoint: what are the tokens of this request to be bound to? The request
    /// has proved it. nullopt: it names nothing of this kind. A proof that is good once has a mark,
    /// which the kernel writes with the tokens. An error ends the request; so does a client that
    /// has to bind its tokens and does not.
    virtual Result<std::optional<Possession>, OAuthError> bind(const Context&, const HttpRequest&,
                                                               const Client&) const = 0;
    /// Asked at a resource: does this request, which shows the token, prove what it is bound to?
    /// An error with a WWW-Authenticate field of its own is told with that.
    virtual Result<std::monostate, OAuthError> prove(const Context&, const HttpRequest&,
                                                     std::string_view accessToken,
                                                     const Value& bound) const = 0;
    /// Adds its lines to the discovery document (RFC 8414 section 2).
    virtual void describe(const Issuer& /*issuer*/, ValueMap& /*metadata*/) const {}
};

}  // namespace gatehouse
