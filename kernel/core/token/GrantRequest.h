// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Grant.h>

#include "login/PersonDirectory.h"
#include "token/TokenIssuer.h"

namespace gatehouse {

/// The one request a grant decides on; remembers what the grant opened, so that issuing uses it up.
class GrantRequest final : public TokenRequest {
public:
    /// All references outlive this object.
    GrantRequest(const Context& context, const Client& client, Form form, TicketBook& tickets,
                 FamilyBook& families, PersonDirectory& people)
        : context_(context), client_(client), form_(std::move(form)), tickets_(tickets),
          families_(families), people_(people) {}

    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return client_; }
    const Form& form() const noexcept override { return form_; }
    Result<ScopeSet, OAuthError> requestedScopes() const override;
    Result<Authorization, OAuthError> openTicket(TicketKind kind,
                                                 std::string_view text) const override;
    Result<Authorization, OAuthError> openRefreshToken(std::string_view text, seconds grace,
                                                       seconds idle) const override;

    const Opened& opened() const noexcept { return opened_; }

private:
    /// What is left of it now: the person must still be there, and the client may have lost scopes.
    Result<Authorization, OAuthError> asOfNow(Authorization authorization) const;

    const Context& context_;
    const Client& client_;
    Form form_;
    TicketBook& tickets_;
    FamilyBook& families_;
    PersonDirectory& people_;
    mutable Opened opened_;
};

}  // namespace gatehouse
