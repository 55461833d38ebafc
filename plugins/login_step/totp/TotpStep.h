// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Commands.h>
#include <gatehouse/KeepsAuthenticators.h>
#include <gatehouse/MayBeLeft.h>
#include <gatehouse/TakesTotpKeys.h>
#include <gatehouse/point/LoginStep.h>

#include "TotpKeys.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Codes that an app makes of a shared key and the time (RFC 6238). A code is good once, on all
/// nodes together; who has no key yet may be made to set one up.
class TotpStep final
    : public With<LoginStep, Commands, TakesTotpKeys, KeepsAuthenticators, MayBeLeft> {
public:
    Status configure(const Config& config, Host& host) override;

    std::string_view amr() const noexcept override { return "otp"; }
    Need needed(const Context& context, const LoginState& state) const override;
    Result<StepOutcome> ask(const Context& context, LoginState& state) const override;
    Result<StepOutcome> answer(const Context& context, LoginState& state,
                               const Form& form) const override;
    bool mayBeLeft() const noexcept override { return withoutKey_ == Need::offered; }

    std::vector<OfferedCommand> commands() const override;
    Result<Value> run(const Context& context, std::string_view name,
                      const GivenArguments& arguments) override;

    std::string problem(const ForeignTotpKey& key) const override;
    Result<bool> take(const Context& context, const FoundUser& person,
                      const ForeignTotpKey& key) override;
    Result<bool> wouldTake(const Context& context, const FoundUser& person,
                           const ForeignTotpKey& key) const override;
    Status giveBack(const Context& context, const FoundUser& person,
                    const ForeignTotpKey& key) override;

    std::string_view textName() const noexcept override { return "totp"; }
    Result<std::vector<Authenticator>> list(const Context& context,
                                            const FoundUser& person) const override;
    Result<StepOutcome> askNew(const Context& context, LoginState& state) const override;
    Result<StepOutcome> takeNew(const Context& context, LoginState& state,
                                const Form& form) const override;
    Result<bool> remove(const Context& context, const FoundUser& person,
                        std::string_view id) const override;

private:
    using Outcome = Result<StepOutcome>;

    StepOutcome showNew(const Context& context, LoginState& state) const;
    Outcome enrol(const Context& context, LoginState& state, const std::string& code) const;
    Outcome take(const Context& context, const FoundUser& person, const TotpKey& key,
                 const std::string& code) const;
    void tell(const Context& context, const LoginState& state) const;

    Host* host_ = nullptr;
    std::optional<TotpKeys> keys_;
    Need withoutKey_ = Need::unable;
    std::string issuerName_;
};

}  // namespace gatehouse
