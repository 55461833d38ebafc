// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/facade/Tokens.h>
#include <gatehouse/point/Grant.h>
#include <gatehouse/point/TokenFormat.h>

#include "store/Handle.h"
#include "token/FamilyBook.h"
#include "token/TicketBook.h"
#include "token/TokenBindings.h"
#include "token/TokenFormats.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse {

class ClaimsPolicy;
class ClaimsSources;
class JsonWriter;
class ResourcePolicy;
class ResponseForms;
class SubjectForms;
class TokenNotes;

/// How tokens were asked for. All of it outlives the call.
struct AskedBy {
    std::string_view grant;
    std::string_view remoteAddress;
    const Form* parameters = nullptr;  ///< of a token request
};

/// A token issued before, which is not used up: what goes on with it has no more than it.
struct OpenedToken {
    Authorization authorization;  ///< as far as the token goes
    std::vector<std::string> endsWith;  ///< ids of access tokens: its own, and those it came from
};

/// What a grant opened; a ticket or a refresh token is what its tokens cost.
using Opened = std::variant<OpenedTicket, OpenedFamily, OpenedToken>;
const Authorization& authorizationOf(const Opened& opened);
inline const std::string& familyOf(const Opened& opened) {
    return authorizationOf(opened).family;
}

/// What a grant decided, with what the kernel adds.
struct Granted {
    Entitlement entitlement;
    std::vector<Opened> opened;  ///< used up by issuing
    BoundTo bound;
    std::vector<ProofUse> uses;  ///< of assertions that are good once; written with the tokens
    ValueMap person;  ///< claims as the user store knows them now; empty for a client
};

/// The only code that mints tokens: lifetimes, single use, recording and audit exist once, whatever
/// grants are enabled. Threads: any.
class TokenIssuer {
public:
    TokenIssuer(Host& host, HandleMaker& handles, TicketBook& tickets, FamilyBook& families,
                const Lifetimes& lifetimes, const ResourcePolicy& resources,
                const ClaimsPolicy& claims, const ClaimsSources& sources,
                const ResponseForms& forms, const SubjectForms& subjects, bool canRefresh,
                const TokenFormats& formats, const TokenNotes& notes);

    /// Writes the tokens and records them in one batch. `resources` narrows the access token's
    /// audience, that of this one token alone. nullopt: somebody else redeemed the same thing
    /// first; decide again. `request` is for the audit event.
    Result<std::optional<TokenSet>, OAuthError> issue(const Context& context, const Client& client,
                                                      const Granted& granted,
                                                      const std::vector<std::string>& resources,
                                                      const AskedBy& request) const;

    /// Tokens for the authorization endpoint, good once the batch is applied. There is no refresh
    /// token with them.
    struct Given {
        TokenSet tokens;
        Event event;  ///< for announce()
    };
    Result<Given, OAuthError> giveAccessToken(const Context& context, const Client& client,
                                              const Granted& granted, seconds longest,
                                              const AskedBy& request, Batch& batch) const;
    /// What an ID token is given beside.
    struct Beside {
        std::string_view accessToken;
        std::string_view code;

        bool isNothing() const noexcept { return accessToken.empty() && code.empty(); }
    };
    Result<std::string, OAuthError> giveIdToken(const Context& context, const Client& client,
                                                const Granted& granted, const Beside& beside) const;
    /// An access token was given.
    void announce(const Context& context, Event event) const;

private:
    struct Draft;
    Result<bool, OAuthError> record(const Context&, const Granted&, Batch) const;
    Result<std::optional<TokenSet>, OAuthError> giveOther(const Context&, const Client&,
                                                          const Granted&, const AskedBy&) const;
    Status nameSubject(const Context& context, Draft& draft) const;
    seconds life(const Context&, const Client&, const LifetimeMember&) const;
    Draft draftOf(const Context&, const Client&, const Granted&) const;
    Result<std::monostate, OAuthError> carryNotes(const Context&, Draft&, const AskedBy&,
                                                  const std::vector<std::string>& resources) const;
    Result<Draft, OAuthError> draftFor(const Context&, const Client&, const Granted&,
                                       std::vector<std::string> audience,
                                       const std::vector<std::string>& resources,
                                       const AskedBy& request) const;
    static TokenSet answerOf(const Draft&, std::string accessToken);
    std::vector<std::string> grantedAudience(const Context&, const Entitlement&,
                                             const std::vector<std::string>& resources) const;
    void useUp(const Context&, Draft&, Batch&) const;
    void rotate(const Context&, Draft&, const OpenedFamily&, Batch&) const;
    void beginFamily(const Context&, Draft&, Batch&) const;
    Result<std::string> writeAccessToken(const Context&, Draft&, Batch&) const;
    void writeSid(JsonWriter&, const Draft&) const;
    Result<std::string> writeIdToken(const Context&, const Draft&, const Beside&) const;
    Result<ValueMap> idTokenClaims(const Context&, const Draft&, bool isAlone) const;
    Status addSources(ValueMap& claims, const Context&, const Draft&,
                      std::string_view target) const;
    static Event eventOf(const Draft&, const AskedBy&);

    Host& host_;
    HandleMaker& handles_;
    TicketBook& tickets_;
    FamilyBook& families_;
    const Lifetimes& lifetimes_;
    const ResourcePolicy& resources_;
    const ClaimsPolicy& claims_;
    const ClaimsSources& sources_;
    const ResponseForms& forms_;
    const SubjectForms& subjects_;
    bool canRefresh_;
    const TokenFormats& formats_;
    const TokenNotes& notes_;
    Counter& issued_;
};

}  // namespace gatehouse
