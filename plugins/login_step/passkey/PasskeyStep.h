// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Commands.h>
#include <gatehouse/KeepsAuthenticators.h>
#include <gatehouse/MayBeLeft.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/point/LoginStep.h>

#include "Ceremony.h"
#include "Passkeys.h"
#include "Proof.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Passkeys (WebAuthn level 3): as the first question of a login, to whoever comes, or as one more
/// to somebody who is known. A challenge is answered once, on all nodes together.
class PasskeyStep final : public With<LoginStep, Commands, KeepsAuthenticators, MayBeLeft> {
public:
    Status configure(const Config& config, Host& host) override;

    /// What it can prove: a key and, where the person is verified, whatever opens it.
    std::string_view amr() const noexcept override { return "mfa"; }
    Need needed(const Context& context, const LoginState& state) const override;
    Result<StepOutcome> ask(const Context& context, LoginState& state) const override;
    Result<StepOutcome> answer(const Context& context, LoginState& state,
                               const Form& form) const override;
    bool mayBeLeft() const noexcept override { return withoutOne_ == Need::offered; }

    std::vector<OfferedCommand> commands() const override;
    Result<Value> run(const Context& context, std::string_view name,
                      const GivenArguments& arguments) override;

    std::string_view textName() const noexcept override { return "passkey"; }
    Result<std::vector<Authenticator>> list(const Context& context,
                                            const FoundUser& person) const override;
    Result<StepOutcome> askNew(const Context& context, LoginState& state) const override;
    Result<StepOutcome> takeNew(const Context& context, LoginState& state,
                                const Form& form) const override;
    Result<bool> remove(const Context& context, const FoundUser& person,
                        std::string_view id) const override;

private:
    using Outcome = Result<StepOutcome>;

    std::string_view verification(const LoginState& state) const;
    Asked asked(const Context& context, std::string_view type, const Challenge& challenge,
                std::string_view verification) const;
    Outcome askSignIn(const Context& context, LoginState& state,
                      const std::vector<Passkey>& passkeys) const;
    Outcome askNewOne(const Context& context, LoginState& state,
                      const std::vector<Passkey>& passkeys) const;
    Outcome signIn(const Context& context, LoginState& state, const Form& form) const;
    Result<std::optional<FoundUser>> ownerOf(const Context& context, const LoginState& state,
                                             const Assertion& answer, const Passkey& passkey) const;
    Outcome use(const Context& context, LoginState& state, const Passkey& passkey,
                const AuthenticatorData& data) const;
    Outcome wrong(const Context& context, std::string_view why) const;
    /// Of what was looked up and is not there, or could not be looked up.
    template <class T>
    Outcome wrong(const Context& context, const Result<T>& looked, std::string_view why) const {
        return looked ? wrong(context, why) : Outcome(looked.error());
    }
    void tell(const Context& context, std::string_view type, const FoundUser& person,
              const LoginState& state, std::string_view name) const;

    Host* host_ = nullptr;
    std::optional<Passkeys> passkeys_;
    Need withoutOne_ = Need::unable;
    std::string verification_;
    std::string rpId_;
};

}  // namespace gatehouse
