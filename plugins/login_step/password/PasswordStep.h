// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/LoginStep.h>
#include <gatehouse/point/UserStore.h>

#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Asks for user name and password, and shows them to the user stores in the order of the
/// configuration. The first that accepts them decides who it is; one that is away is passed over,
/// and matters only when no other accepts.
class PasswordStep final : public LoginStep {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;

    std::string_view amr() const noexcept override { return "pwd"; }
    Need needed(const Context& context, const LoginState& state) const override;
    Result<Page> ask(const Context& context, LoginState& state) const override;
    Result<StepOutcome> answer(const Context& context, LoginState& state,
                               const Form& form) const override;

private:
    Result<std::optional<FoundUser>> find(const Context& context, std::string_view login,
                                          const Secret& password) const;

    Host* host_ = nullptr;
    std::vector<Host::Named<UserStore>> stores_;
};

}  // namespace gatehouse
