// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/Token.h>
#include <gatehouse/User.h>
#include <gatehouse/Value.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/point/UserStore.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Where a client is told a claim.
enum class ClaimTarget { userinfo, idToken, accessToken };

/// The people of an issuer, whichever user store knows them. Their `sub` is made by
/// Host::subjects(). Lent by the kernel to who lists "people" in its needs, for use while serving;
/// grows at its end. Threads: any; may block on a user store.
class People : public Plugin {
public:
    static constexpr Point point{"people", 1, Cardinality::one};
    /// The person as the store knows them now. nullopt: gone, disabled, or of a store that the
    /// issuer does not ask.
    virtual Result<std::optional<User>> find(const Context&, const Subject& subject) const = 0;
    /// Whom the first store that knows the login takes it for, whatever their state. An error
    /// when one that is asked before it is away: it may know the login too.
    virtual Result<std::optional<FoundUser>> findByLogin(const Context&,
                                                         std::string_view login) const = 0;
    /// The editor of the user store with this instance name; an empty name gives the first that
    /// can be edited. nullptr: none.
    virtual UserEditor* editor(const Issuer&, std::string_view store) const = 0;

    /// Those of the person's claims that a client is told there for these scopes, and those that
    /// it asked for by name (OpenID Connect Core sections 5.4 and 5.5).
    virtual ValueMap claims(const User& person, const ScopeSet& scopes, ClaimTarget target,
                            const ValueMap& requested) const = 0;
    /// Every claim that a client can be told, and the scopes that stand for some.
    virtual std::vector<std::string> claimNames() const = 0;
    virtual std::vector<std::string> scopes() const = 0;
    /// What UserInfo tells the client of this authorization about its person, for these scopes:
    /// claims(), and what plugins add.
    virtual Result<ValueMap> userinfo(const Context&, const User& person,
                                      const Authorization& authorization,
                                      const ScopeSet& scopes) const = 0;

    /// Whose login and password these are. nullopt: unknown, disabled, or wrong, which counts as at
    /// the login page: limits, admission and audit events are the same. The errors: slow_down with
    /// the time to wait, also for a right password; interaction_required for a person who has to
    /// set a new password at a login first; and a user store that is away. It hashes a password:
    /// for a route, that is Lane::login. `request` is the person's, and names their browser. `by`
    /// is who asks, for the audit trail: Host::instance().
    virtual Result<std::optional<FoundUser>, OAuthError>
    verify(const Context&, const HttpRequest& request, std::string_view login,
           const Secret& password, std::string_view by) const = 0;
    /// The same for a login step, whose answers the kernel counts itself: the person whatever their
    /// state, and nothing is limited, counted or told.
    virtual Result<std::optional<FoundUser>> findByPassword(const Context&, std::string_view login,
                                                            const Secret& password) const = 0;
    /// The JWT that the client of this authorization is sent in place of these UserInfo claims
    /// (OpenID Connect Core section 5.3.2); nullopt: it gets JSON.
    virtual Result<std::optional<std::string>> userinfoJwt(const Context&,
                                                           const Authorization& authorization,
                                                           const ValueMap& claims) const = 0;
    /// `subject_type` values that clients may have (OpenID Connect Core section 8).
    virtual std::vector<std::string> subjectTypes() const = 0;
    /// The `sub` by which this client knows them.
    virtual Result<std::string> subFor(const Context&, const Client&,
                                       const Subject& subject) const = 0;
    /// Whom an ID token speaks of that this client has got, expired or not (`id_token_hint`).
    /// nullopt: it is none; they have given nothing that is still there; or the client knows people
    /// by names of its own.
    virtual Result<std::optional<Subject>> findByIdToken(const Context&, const Client&,
                                                         std::string_view idToken) const = 0;
    /// Why this person, who need not be there yet, should not have this as a new password: the key
    /// of a text; empty: nothing is known against it.
    virtual Result<std::string> passwordProblem(const Context&, const User& person,
                                                const Secret& password) const = 0;
    /// Gives them the new password that they chose. The key of a text that says why not; empty:
    /// they have it, and the audit trail says so. Fault::notAllowed where their store is read-only.
    /// It hashes passwords: for a route, that is Lane::login.
    virtual Result<std::string> choosePassword(const Context&, const FoundUser& person,
                                               const Secret& password,
                                               std::string_view remoteAddress) const = 0;
};

}  // namespace gatehouse
