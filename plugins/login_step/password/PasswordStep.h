// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/point/UserStore.h>

#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Asks for user name and password, and shows them to the user stores in the order of the
/// configuration. The first that accepts them decides who it is; one that is away is passed over,
/// and matters only when no other accepts. Who needs a new password chooses it on a page of its
/// own, which asks for the old one once more: what the browser may go back to allows nothing.
class PasswordStep final : public LoginStep {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;

    std::string_view amr() const noexcept override { return "pwd"; }
    Need needed(const Context& context, const LoginState& state) const override;
    Result<StepOutcome> ask(const Context& context, LoginState& state) const override;
    Result<StepOutcome> answer(const Context& context, LoginState& state,
                               const Form& form) const override;

private:
    Result<std::optional<FoundUser>> find(const Context& context, std::string_view login,
                                          const Secret& password) const;
    /// The key of what the page for a new password says is wrong, or empty when it is only shown;
    /// nullopt when none is needed any more.
    Result<std::optional<std::string>> renew(const Context& context, const LoginState& state,
                                             const FoundUser& person, const Form& form,
                                             bool isAsked) const;

    Host* host_ = nullptr;
    std::vector<Host::Named<UserStore>> stores_;
    const People* people_ = nullptr;
};

}  // namespace gatehouse
