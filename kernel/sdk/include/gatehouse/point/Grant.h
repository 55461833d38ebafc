// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/TrustedIssuer.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// Who may use a grant.
enum class Callers {
    any,  ///< every authenticated or public client that is registered for it
    confidential  ///< only clients that proved who they are
};

/// What is given in place of an access token: a text that no resource here takes (RFC 8693 section
/// 2.2.1, `token_type` N_A). Nothing of it is recorded but that it was given.
struct OtherToken {
    std::string text;
    std::string id;  ///< its `jti`, for the audit trail
    std::string audience;  ///< who takes it
    ScopeSet scopes;  ///< that it speaks of, at whoever takes it
    seconds life{0};
};

/// The tokens a caller is entitled to. The kernel limits, binds, writes and records them.
///
/// What goes on with something opened keeps that authorization's `family`; with a ticket, another
/// subject may stand in it. Anything else is a new authorization: the grant says for whom and which
/// scopes, the kernel refuses a person who is gone or disabled, keeps to the client's scopes, and
/// makes family, client and `sub`.
struct Entitlement {
    Authorization authorization;
    bool refreshToken = false;  ///< give one, if the client may refresh
    bool idToken = false;
    ValueMap members{};  ///< more of the token answer: `issued_token_type`, `authorization_details`
                         ///< ...; none that it has by itself
    std::optional<OtherToken> other{};  ///< given in their place, for the same authorization

    /// What an opened ticket or refresh token stands for.
    static Entitlement from(Authorization authorization) {
        Entitlement entitlement;
        entitlement.refreshToken = true;
        entitlement.idToken = authorization.scopes.contains("openid");
        entitlement.authorization = std::move(authorization);
        return entitlement;
    }
    /// A new authorization. A person's has a refresh token and, with `openid`, an ID token.
    static Entitlement of(Subject subject, ScopeSet scopes) {
        const bool isPerson = subject.isPerson();
        Entitlement entitlement;
        entitlement.refreshToken = isPerson;
        entitlement.idToken = isPerson && scopes.contains("openid");
        entitlement.authorization.subject = std::move(subject);
        entitlement.authorization.scopes = std::move(scopes);
        return entitlement;
    }
};

/// What a grant may ask about the request in hand. Implemented by the kernel; grows at its end.
class TokenRequest {
public:
    virtual ~TokenRequest() = default;
    virtual const Context& context() const noexcept = 0;
    virtual const Client& client() const noexcept = 0;
    /// The grant's own parameters; others were dropped.
    virtual const Form& form() const noexcept = 0;
    /// For a client acting for itself: the `scope` parameter, or all the client may have when it is
    /// absent. Values the client may not have are `invalid_scope`, and so are `openid`, `profile`
    /// and the others that speak of a person: for one see requestedScopes(subject).
    virtual Result<ScopeSet, OAuthError> requestedScopes() const = 0;
    /// Opens a single-use ticket of a kind of this instance (Tickets::issue): it exists, is unused,
    /// unexpired, this client's and this issuer's; for a code `redirect_uri` and `code_verifier`
    /// match (RFC 6749 section 4.1.3, RFC 7636 section 4.6). A used one revokes its family.
    /// Everything that was opened is used up in the same batch that records the tokens: a grant
    /// cannot forget it.
    virtual Result<Authorization, OAuthError> openTicket(std::string_view kind,
                                                         std::string_view text) const = 0;
    /// Opens a refresh token: current, or the one before within `grace` of its rotation; anything
    /// older revokes the family. `idle` is how long a refresh token may lie unused; 0: as long as
    /// the authorization lives.
    virtual Result<Authorization, OAuthError> openRefreshToken(std::string_view text, seconds grace,
                                                               seconds idle) const = 0;
    /// The same for tokens that speak of this subject: a person's may have `openid`, `profile` and
    /// so on too, when they are asked for by name.
    virtual Result<ScopeSet, OAuthError> requestedScopes(const Subject& subject) const = 0;
    /// Opens an access token, whoever has got it (`clientId`), to go on with what it stands for
    /// (RFC 8693): it is good now, and what it is bound to this request has to prove. What goes on
    /// has no scope, audience or moment more than it, neither a refresh token nor an ID token, and
    /// ends when it or its authorization is revoked. Its `act` is the actor. What is opened beside
    /// it, for its actor, bounds life and revocation in the same way.
    virtual Result<Authorization, OAuthError> openAccessToken(std::string_view text) const = 0;
    /// The same for an ID token that this client has got, while what it was given for is there. One
    /// whose `sub` is the client's own (OpenID Connect Core section 8.1) cannot be opened.
    virtual Result<Authorization, OAuthError> openIdToken(std::string_view text) const = 0;
    /// Opens an assertion of another issuer (RFC 7523), as far as a `trusted_issuer` vouches for it
    /// and this client. One that is good once is used up when everything else is right.
    virtual Result<Vouched, OAuthError> openAssertion(std::string_view text) const = 0;
};

/// What `scope` asks for of what there is at most, or all of it; a grant of one's own may be
/// narrowed, never widened.
inline Result<ScopeSet, OAuthError> narrowedScopes(const Form& form, const ScopeSet& most) {
    if (!form.has("scope")) {
        return most;
    }
    auto scopes = ScopeSet::parse(form.text("scope"));
    if (scopes.empty() || !most.containsAll(scopes)) {
        return OAuthError::of(OAuthCode::invalidScope,
                              "Scopes can be narrowed, not widened; and one must be left");
    }
    return scopes;
}

/// Is this caller entitled to tokens, and to which? A grant decides; it does not issue.
class Grant : public Plugin {
public:
    static constexpr Point point{"grant", 1, Cardinality::many};
    /// The `grant_type` it answers; static storage.
    virtual std::string_view type() const noexcept = 0;
    /// Parameters it reads; others are dropped before decide(), doubled ones refused.
    virtual std::vector<std::string_view> parameters() const = 0;
    virtual Callers callers() const noexcept { return Callers::any; }
    /// An error uses nothing up: `authorization_pending` and `slow_down` (RFC 8628 section 3.5) are
    /// asked again.
    virtual Result<Entitlement, OAuthError> decide(const TokenRequest& request) const = 0;
};

}  // namespace gatehouse
