// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Grant.h>

#include "login/PersonDirectory.h"
#include "store/InstanceNames.h"
#include "token/IssuedTokens.h"
#include "token/TokenIssuer.h"
#include "token/TrustedIssuers.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// The one request a grant decides on; remembers what the grant opened, so that issuing uses it up.
class GrantRequest final : public TokenRequest {
public:
    /// What it looks things up in.
    struct Books {
        Host& host;
        HandleMaker& handles;
        TicketBook& tickets;
        FamilyBook& families;
        PersonDirectory& people;
        const IssuedTokens& issued;
        const TrustedIssuers& trusted;
    };
    /// All references outlive this object. `names`: those of the grant.
    GrantRequest(const Context& context, const Client& client, Form form, const Books& books,
                 const InstanceNames& names)
        : context_(context), client_(client), form_(std::move(form)), books_(books), names_(names) {
    }

    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return client_; }
    const Form& form() const noexcept override { return form_; }
    Result<ScopeSet, OAuthError> requestedScopes() const override {
        return requestedScopes(Subject::of(client_));
    }
    Result<ScopeSet, OAuthError> requestedScopes(const Subject& subject) const override;
    Result<Authorization, OAuthError> openTicket(std::string_view kind,
                                                 std::string_view text) const override;
    Result<Authorization, OAuthError> openRefreshToken(std::string_view text, seconds grace,
                                                       seconds idle) const override;
    Result<Authorization, OAuthError> openAccessToken(std::string_view text) const override;
    Result<Authorization, OAuthError> openIdToken(std::string_view text) const override;
    Result<Vouched, OAuthError> openAssertion(std::string_view text) const override;

    /// What the grant decided, with all that is the kernel's to say.
    Result<Granted, OAuthError> complete(Entitlement entitlement, BoundTo bound) const;

private:
    void remember(Opened opened) const;
    Result<Authorization, OAuthError> goOnWith(Result<OpenedToken, OAuthError> token) const;
    std::optional<OAuthError> attenuate(Entitlement& entitlement, const Opened* before) const;
    /// What is left of it now: the person must still be there, and the client may have lost scopes.
    Result<Authorization, OAuthError> asOfNow(Authorization authorization) const;
    /// Why it cannot be.
    std::optional<OAuthError> completeNew(Authorization& authorization, bool isOfTicket) const;
    Result<std::string, OAuthError> subOf(const Subject& subject) const;

    const Context& context_;
    const Client& client_;
    Form form_;
    Books books_;
    const InstanceNames& names_;
    mutable std::vector<Opened> opened_;
    mutable std::vector<ProofUse> uses_;  ///< of assertions that are good once
    mutable std::map<std::string, ValueMap> people_;  ///< their claims, by family
};

}  // namespace gatehouse
