// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Commands.h>
#include <gatehouse/Host.h>
#include <gatehouse/KeepsAuthenticators.h>
#include <gatehouse/point/LoginStep.h>

#include "RecoveryCodes.h"
#include "RecoveryCommands.h"

#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Codes on paper for the day when the phone is lost (look-up secrets, NIST SP 800-63B section
/// 5.1.2). Each is good once, on all nodes together.
class RecoveryCodeStep final : public With<LoginStep, Commands, KeepsAuthenticators> {
public:
    Status configure(const Config& config, Host& host) override;

    std::string_view amr() const noexcept override { return "otp"; }
    Need needed(const Context& context, const LoginState& state) const override;
    Result<StepOutcome> ask(const Context& context, LoginState& state) const override;
    Result<StepOutcome> answer(const Context& context, LoginState& state,
                               const Form& form) const override;

    std::vector<OfferedCommand> commands() const override { return recoveryCommands(); }
    Result<Value> run(const Context& context, std::string_view name,
                      const GivenArguments& arguments) override;

    std::string_view textName() const noexcept override { return "recovery_code"; }
    Result<std::vector<Authenticator>> list(const Context& context,
                                            const FoundUser& person) const override;
    Result<StepOutcome> askNew(const Context& context, LoginState& state) const override;
    Result<StepOutcome> takeNew(const Context& context, LoginState& state,
                                const Form& form) const override;
    Result<bool> remove(const Context& context, const FoundUser& person,
                        std::string_view id) const override;

private:
    Event eventOf(const Context& context, const LoginState& state, std::string_view type) const;

    Host* host_ = nullptr;
    std::optional<RecoveryCodes> codes_;
};

}  // namespace gatehouse
