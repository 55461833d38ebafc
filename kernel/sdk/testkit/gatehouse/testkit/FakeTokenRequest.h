// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Grant.h>
#include <gatehouse/testkit/FakeTickets.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::testkit {

/// A token request as the kernel shows it to a grant: its form has the grant's own parameters, and
/// the tickets that are there open for their client while they are unused; those of the kinds
/// "refresh_token", "access_token" and "id_token" are tokens; of the kind "assertion" the notes are
/// the claims. Nothing is used up.
class FakeTokenRequest final : public TokenRequest {
public:
    /// All but the form must outlive this.
    FakeTokenRequest(const Context& context, const Client& client, Form form, FakeTickets& tickets)
        : context_(context), client_(client), form_(std::move(form)), tickets_(tickets) {}

    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return client_; }
    const Form& form() const noexcept override { return form_; }
    Result<ScopeSet, OAuthError> requestedScopes() const override {
        return requestedScopes(Subject::of(client_));
    }
    Result<ScopeSet, OAuthError> requestedScopes(const Subject&) const override {
        auto asked = form_.has("scope") ? ScopeSet::parse(form_.text("scope")) : client_.scopes;
        return client_.scopes.containsAll(asked)
                   ? Result<ScopeSet, OAuthError>(std::move(asked))
                   : OAuthError::of(OAuthCode::invalidScope, "A scope is not allowed");
    }
    Result<Authorization, OAuthError> openTicket(std::string_view kind,
                                                 std::string_view text) const override {
        const auto& issued = tickets_.issued;
        const auto found = std::find_if(issued.begin(), issued.end(), [&](const auto& ticket) {
            return ticket.text == text && ticket.kind == kind && ticket.clientId == client_.id &&
                   !ticket.isUsed;
        });
        return found == issued.end() ? invalid() : found->authorization;
    }
    Result<Authorization, OAuthError> openRefreshToken(std::string_view text, seconds,
                                                       seconds) const override {
        return openTicket("refresh_token", text);
    }
    Result<Authorization, OAuthError> openAccessToken(std::string_view text) const override {
        return openTicket("access_token", text);
    }
    Result<Authorization, OAuthError> openIdToken(std::string_view text) const override {
        return openTicket("id_token", text);
    }
    Result<Vouched, OAuthError> openAssertion(std::string_view text) const override {
        const auto opened = openTicket("assertion", text);
        if (!opened) {
            return opened.error();
        }
        return Vouched{opened->subject, opened->scopes, opened->audience,
                       opened->expires, opened->notes,  {},
                       TimePoint{}};
    }

private:
    static Result<Authorization, OAuthError> invalid() {
        return OAuthError::of(OAuthCode::invalidGrant, "It is not valid");
    }

    const Context& context_;
    const Client& client_;
    Form form_;
    FakeTickets& tickets_;
};

}  // namespace gatehouse::testkit
