// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/Token.h>

namespace gatehouse {

/// Who may use a grant.
enum class Callers {
    any,          ///< every authenticated or public client that is registered for it
    confidential  ///< only clients that proved who they are
};

/// The tokens a caller is entitled to. The kernel limits, binds, writes and records them.
struct Entitlement {
    Authorization authorization;
    std::optional<Redemption> redeems;  ///< the single-use thing this costs; taken when issuing
    bool refreshToken = false;          ///< give one, if the client may refresh
    bool idToken = false;

    static Entitlement from(const Ticket& ticket) {
        Entitlement entitlement;
        entitlement.authorization = ticket.authorization;
        entitlement.redeems = ticket.redemption;
        entitlement.refreshToken = true;
        entitlement.idToken = ticket.authorization.scopes.contains("openid");
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
    /// The `scope` parameter, or all the client may have when it is absent. Values the client may not have are
    /// `invalid_scope`.
    virtual Result<ScopeSet, OAuthError> requestedScopes() const = 0;
    /// Opens a single-use ticket: it exists, is unused, unexpired, this client's and this issuer's; for a code
    /// `redirect_uri` and `code_verifier` match (RFC 6749 section 4.1.3, RFC 7636 section 4.6). A used one revokes
    /// its family.
    virtual Result<Ticket, OAuthError> openTicket(TicketKind kind, std::string_view text) const = 0;
    /// Opens a refresh token: current, or the one before within `grace` of its rotation; anything older revokes the
    /// family. `idle` is how long a refresh token may lie unused; 0: as long as the authorization lives.
    virtual Result<Ticket, OAuthError> openRefreshToken(std::string_view text, seconds grace, seconds idle) const = 0;
};

/// Is this caller entitled to tokens, and to which? A grant decides; it does not issue.
class Grant : public Plugin {
public:
    static constexpr Point point{"grant", 1, Cardinality::many};
    /// The `grant_type` it answers; static storage.
    virtual std::string_view type() const noexcept = 0;
    /// Parameters it reads; others are dropped before decide(), doubled ones refused.
    virtual std::vector<std::string_view> parameters() const = 0;
    virtual Callers callers() const noexcept { return Callers::any; }
    virtual Result<Entitlement, OAuthError> decide(const TokenRequest& request) const = 0;
};

}  // namespace gatehouse
