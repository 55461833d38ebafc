// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/AskedStep.h>
#include <gatehouse/Commands.h>
#include <gatehouse/SendsMails.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/point/LoginStep.h>

#include "AddressProof.h"
#include "Invitations.h"
#include "NewPerson.h"
#include "limit/WindowQuota.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Who has no account makes one, in the first user store that can be edited, and is in (Initiating
/// User Registration via OpenID Connect 1.0). A login that somebody has already is theirs alone:
/// who also knows the password is signed in, so that a button may be pressed twice; for everybody
/// else it counts as a wrong password.
class SignupStep final : public With<LoginStep, AskedStep, SendsMails, Commands> {
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

    bool sendsMails() const noexcept override { return isConfirmed_; }

    std::string_view prompt() const noexcept override { return "create"; }
    std::string missing(const std::vector<Host::Named<UserStore>>& stores) const override;

    std::vector<OfferedCommand> commands() const override;
    Result<Value> run(const Context& context, std::string_view name,
                      const GivenArguments& arguments) override;

private:
    using Store = Host::Named<UserStore>;
    using Outcome = Result<StepOutcome>;

    std::vector<Store> storesOf(const Issuer& issuer) const;
    Result<std::optional<Store>> storeThatKnows(const Context& context,
                                                std::string_view login) const;
    Result<bool> mayGoOn(const Context& context, const std::string& key, std::int64_t most) const;
    Outcome answerAddress(const Context& context, LoginState& state, const Form& form) const;
    Result<AddressProof::Known> known(const Context& context, const std::string& address) const;
    Result<bool> isInvited(const Context& context, std::string_view address) const;
    Outcome mailTo(const Context& context, LoginState& state, const std::string& address) const;
    Result<bool> isWithinQuota(const Context& context, const LoginState& state) const;
    static Outcome enter(const Context& context, LoginState& state, const Store& store,
                         const NewPerson& person);
    Outcome make(const Context& context, LoginState& state, NewPerson person) const;
    Outcome refuse(const Context& context, LoginState& state, NewPerson person,
                   const Error& error) const;
    static StepOutcome askAgain(LoginState& state, NewPerson person, std::string problem);
    void tell(const Context& context, const LoginState& state, const FoundUser& made) const;

    Host* host_ = nullptr;
    bool isConfirmed_ = false;  ///< addresses have to be
    std::optional<AddressProof> proof_;
    std::optional<Invitations> invitations_;  ///< nullopt: nobody needs one
    LoginForm kind_ = LoginForm::name;
    std::int64_t mostPerAddress_ = 0;
    std::int64_t most_ = 0;
    seconds window_{0};
    std::optional<WindowQuota> quota_;
    std::vector<Store> stores_;
    const People* people_ = nullptr;
};

}  // namespace gatehouse
