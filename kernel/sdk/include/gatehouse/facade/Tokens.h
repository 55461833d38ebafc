// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/IntrospectionForm.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/Token.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/point/Grant.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

struct ProtectedResource;

/// The tokens of one answer (RFC 6749 section 5.1).
struct TokenSet {
    std::string accessToken;
    std::string tokenType = "Bearer";
    seconds expiresIn{0};
    std::string refreshToken;
    std::string idToken;
    ScopeSet scopes;
    ValueMap members;  ///< more that the grant tells; none of the above
};

/// What a genuine refresh token stands for.
struct RefreshTokenClaim {
    Authorization authorization;
    TimePoint expires{};
    bool isCurrent = false;  ///< otherwise it was rotated
};

/// Tokens of an issuer: what they say, giving them and taking them back. Lent by the kernel to who
/// lists "tokens" in its needs, for use while serving; grows at its end. Threads: any.
class Tokens : public Plugin {
public:
    static constexpr Point point{"tokens", 1, Cardinality::one};
    /// An access token that is good right now: genuine, unexpired, not revoked, its client still
    /// registered. nullptr: it is not. Fault::unavailable when that cannot be told. One with a
    /// `confirmation` entitles nobody by itself: see present().
    virtual Result<std::shared_ptr<const TokenClaim>>
    inspect(const Context&, std::string_view accessToken) const = 0;
    /// The good access token that a request to a resource of yours shows (RFC 6750 section 2), and
    /// proves if it is bound. The error is for Web::bearerError().
    virtual Result<std::shared_ptr<const TokenClaim>, OAuthError>
    present(const Context&, const HttpRequest& request) const = 0;
    /// `token_type` of tokens with this confirmation; empty: what they are bound by is not loaded,
    /// and they are not good.
    virtual std::string_view typeOf(const ValueMap& confirmation) const = 0;
    /// Whom an inspected token speaks of, with the user store's own id. nullopt: the authorization
    /// is gone.
    virtual Result<std::optional<Authorization>> authorizationOf(const Context&,
                                                                 const TokenClaim&) const = 0;
    /// nullopt: not a refresh token of this issuer, or its authorization is gone.
    virtual Result<std::optional<RefreshTokenClaim>>
    inspectRefreshToken(const Context&, std::string_view text) const = 0;

    /// Takes one access token back (RFC 7009).
    virtual Status revoke(const Context&, const TokenClaim&) const = 0;
    /// An authorization, by its family, and every token that came from it.
    virtual Status revokeAuthorization(const Context&, std::string_view family) const = 0;
    /// All of a person's.
    virtual Status revokeAll(const Context&, std::string_view sub) const = 0;

    /// Answers a token request (RFC 6749 section 5): the grant decides, rate limits count.
    virtual Result<TokenSet, OAuthError> exchange(const Context&, const HttpRequest& request,
                                                  const Form& form,
                                                  const AuthenticatedClient& client) const = 0;
    /// Tokens for what a plugin has decided by itself; limited and recorded as a grant's are, and
    /// bound to the authorization's `confirmation`. `grant` is what the audit event says they were
    /// asked by.
    virtual Result<TokenSet, OAuthError> issue(const Context&, const Entitlement& entitlement,
                                               const AuthenticatedClient& client,
                                               std::string_view grant) const = 0;
    /// `grant_type` values that the issuer takes, and what the authorization endpoint gives tokens
    /// for (`implicit`).
    virtual std::vector<std::string> grantTypes(const Issuer&) const = 0;
    /// The `sub` by which the client of this authorization knows its subject (OpenID Connect Core
    /// section 8): what it is told. `Subject::sub` is the server's own.
    virtual Result<std::string> subFor(const Context&, const Authorization&) const = 0;
    /// Fields for the good answer to a request of exchange(), present() or Requests::check(), by
    /// which its client learns what to prove next; mostly none.
    virtual std::vector<Header> fields(const Context&, const HttpRequest&) const = 0;
    /// May this client look into an inspected token (RFC 7662 section 4)? It has got it, or the
    /// token is for it, or for a resource that names it.
    virtual Result<bool> mayIntrospect(const Context&, const TokenClaim&, const Client&) const = 0;
    /// What this client is sent in place of the JSON of an introspection answer, if its request
    /// asks for something that plugins make (IntrospectionForm); nullopt: the JSON itself.
    virtual Result<std::optional<FormedAnswer>> introspectionAs(const Context&, const HttpRequest&,
                                                                const Client&,
                                                                const std::string& json) const = 0;
    /// Why no client of the issuer can have tokens as this resource wants them; empty: they can.
    virtual std::string objection(const Issuer&, const ProtectedResource&) const = 0;
};

}  // namespace gatehouse
