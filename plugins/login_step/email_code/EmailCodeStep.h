// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Mails.h>
#include <gatehouse/point/LoginStep.h>

#include "SentCode.h"

#include <cstddef>
#include <optional>
#include <string>

namespace gatehouse {

/// Codes, and links, that are sent to a person's confirmed e-mail address. One is good in the login
/// for which it was sent, once, on all nodes together.
class EmailCodeStep final : public LoginStep {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;

    std::string_view amr() const noexcept override { return "otp"; }
    Need needed(const Context& context, const LoginState& state) const override;
    Result<StepOutcome> ask(const Context& context, LoginState& state) const override;
    Result<StepOutcome> answer(const Context& context, LoginState& state,
                               const Form& form) const override;
    Result<StepOutcome> returned(const Context& context, LoginState& state,
                                 const Form& query) const override;

private:
    using Outcome = Result<StepOutcome>;

    Result<std::optional<SentCode>> find(const Context& context, const LoginState& state) const;
    Outcome send(const Context& context, LoginState& state, const std::string& message) const;
    Result<bool> mail(const Context& context, const LoginState& state, const std::string& code,
                      const std::string& link) const;
    Outcome sendAgain(const Context& context, LoginState& state, const SentCode& sent) const;
    Outcome pass(const Context& context, const LoginState& state, const SentCode& sent) const;
    Outcome refuse(const Context& context, LoginState& state, SentCode sent) const;
    static StepOutcome page(const LoginState& state);
    std::string newCode() const;

    Host* host_ = nullptr;
    Mails* mails_ = nullptr;
    std::optional<SentCodes> codes_;
    seconds lifetime_{0};
    std::size_t digits_ = 0;
};

}  // namespace gatehouse
