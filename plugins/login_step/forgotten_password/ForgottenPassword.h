// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OtherWay.h>
#include <gatehouse/facade/Mails.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/facade/Sessions.h>
#include <gatehouse/facade/Tokens.h>
#include <gatehouse/point/LoginStep.h>

#include "ResetLinks.h"
#include "limit/WindowQuota.h"

#include <cstdint>
#include <optional>
#include <string>

namespace gatehouse {

/// Who has forgotten their password sets a new one, by a link to their confirmed e-mail address
/// that is good in the browser that asked for it. Whether there is such a person nobody can tell:
/// answer, status and work are the same. It stands in place of the password, and of no other step.
class ForgottenPassword final : public With<LoginStep, OtherWay> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;

    std::string_view amr() const noexcept override { return "pwd"; }
    Need needed(const Context& context, const LoginState& state) const override;
    Result<StepOutcome> ask(const Context& context, LoginState& state) const override;
    Result<StepOutcome> answer(const Context& context, LoginState& state,
                               const Form& form) const override;
    Result<StepOutcome> returned(const Context& context, LoginState& state,
                                 const Form& query) const override;

private:
    using Outcome = Result<StepOutcome>;
    /// Who opened a link.
    struct Opened {
        Record link;
        Subject subject;
        User user;
    };

    Outcome send(const Context& context, LoginState& state, const std::string& login) const;
    Subject personOf(const Context& context, const std::string& login, std::string& address) const;
    Status mail(const Context& context, const LoginState& state, const std::string& name,
                const std::string& to, const std::string& about, const std::string& link) const;
    Result<std::optional<Opened>> opened(const Context& context, const LoginState& state) const;
    Outcome choose(const Context& context, LoginState& state, const Form& form) const;
    Result<std::string> set(const Context& context, const LoginState& state, const Opened& opened,
                            const Secret& password) const;
    Result<std::string> change(const Context& context, const LoginState& state,
                               const Opened& opened, const Secret& password) const;
    Status endAll(const Context& context, const Subject& person) const;
    void tell(const Context& context, const LoginState& state, const Subject& person) const;
    void tellPerson(const Context& context, const Opened& opened, const LoginState& state) const;

    Host* host_ = nullptr;
    Mails* mails_ = nullptr;
    People* people_ = nullptr;
    Sessions* sessions_ = nullptr;
    Tokens* tokens_ = nullptr;
    std::optional<ResetLinks> links_;
    std::optional<WindowQuota> quota_;
    seconds lifetime_{0};
    std::int64_t mostPerAddress_ = 0;
};

}  // namespace gatehouse
