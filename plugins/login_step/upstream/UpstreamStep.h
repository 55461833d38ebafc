// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/MayProve.h>
#include <gatehouse/NamedWay.h>
#include <gatehouse/SignsOutElsewhere.h>
#include <gatehouse/point/LoginStep.h>

#include "Accounts.h"
#include "AskedUpstream.h"
#include "KnownProvider.h"
#include "ProviderCalls.h"
#include "TokenAnswer.h"
#include "UpstreamPerson.h"
#include "UpstreamProblem.h"
#include "UpstreamSettings.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Login through another site: an OpenID provider, by its issuer, or one that speaks plain OAuth 2.
/// The browser goes there and comes back with a code, for which this server is told who it is.
class UpstreamStep final : public With<LoginStep, NamedWay, MayProve, SignsOutElsewhere> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;

    static constexpr std::string_view method = "fed";
    std::string_view amr() const noexcept override { return method; }
    Need needed(const Context& context, const LoginState& state) const override;
    Result<StepOutcome> ask(const Context& context, LoginState& state) const override;
    Result<StepOutcome> answer(const Context& context, LoginState& state,
                               const Form& form) const override;
    Result<StepOutcome> returned(const Context& context, LoginState& state,
                                 const Form& query) const override;

    std::string_view textName() const noexcept override { return "upstream"; }
    std::string shownName() const override { return settings_.shownName; }

    std::string_view mayProve() const noexcept override {
        return settings_.believed.empty() ? "" : UpstreamSettings::mfa;
    }
    /// OpenID Connect RP-Initiated Logout. Without an ID token, which would have to be kept: there
    /// people may be asked.
    Result<std::string> signOutUrl(const Context& context, const SignOn& ended,
                                   const WayBack& back) const override;

    bool hasOpened(const SignOn& session) const;
    /// Says this logout token, not verified yet, that it is this provider's, to this server?
    bool isTold(std::string_view logoutToken) const;
    /// Who has signed out there, by their `sub` here; empty: nobody whom it knows. Good once.
    /// Fault::badInput: it is no good logout token.
    Result<std::string> signedOut(const Context& context, std::string_view logoutToken) const;

private:
    template <class T> using Or = Result<T, UpstreamProblem>;
    using Metadata = KnownProvider::Metadata;

    /// An answer of the provider, to a browser that was sent there.
    struct Back {
        const Context& context;
        const LoginState& state;
        const AskedUpstream& asked;
        const ProviderMetadata& metadata;
    };

    Result<StepOutcome> send(const Context& context, LoginState& state) const;
    Result<StepOutcome> refuse(const Context& context, const UpstreamProblem& problem) const;
    Result<StepOutcome> enter(const Context& context, LoginState& state,
                              const ValueMap& told) const;
    StepOutcome page(bool isAway) const;
    std::string redirectUri(const LoginState& state) const;

    Or<Metadata> metadata(const Context& context) const;
    Or<ValueMap> identify(const Context& context, const LoginState& state,
                          const AskedUpstream& asked, const Form& query) const;
    std::optional<UpstreamProblem> problemIn(const Form& query,
                                             const ProviderMetadata& metadata) const;
    Or<TokenAnswer> redeem(const Back& back, std::string_view code) const;
    Or<VerifiedJwt> verified(const Context& context, const ProviderMetadata& metadata,
                             std::string_view text) const;
    Or<ValueMap> idToken(const Back& back, const TokenAnswer& tokens) const;
    Or<ValueMap> withUserInfo(const Back& back, const TokenAnswer& tokens, ValueMap claims) const;
    Or<ValueMap> userInfo(const Back& back, const TokenAnswer& tokens) const;
    Or<ValueMap> withEmail(const Back& back, const TokenAnswer& tokens, ValueMap told) const;
    std::vector<std::string> amrOf(const ValueMap& told) const;

    Host* host_ = nullptr;
    UpstreamSettings settings_;
    std::unique_ptr<ProviderCalls> calls_;
    std::unique_ptr<KnownProvider> provider_;  ///< nullptr: plain OAuth 2
    Metadata given_;
    std::unique_ptr<Accounts> accounts_;
};

}  // namespace gatehouse
