// SPDX-License-Identifier: Apache-2.0
#include "PasswordStep.h"

#include <cstddef>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longestLogin = 255;
constexpr std::size_t longestPassword = 1024;

bool isUsable(std::string_view login, std::string_view password) {
    return !login.empty() && login.size() <= longestLogin && !password.empty() &&
           password.size() <= longestPassword;
}

}  // namespace

Status PasswordStep::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

Status PasswordStep::start() {
    stores_ = host_->all<UserStore>();
    return done();
}

Need PasswordStep::needed(const Context& /*context*/, const LoginState& state) const {
    return state.person ? Need::no : Need::yes;
}

Result<Page> PasswordStep::ask(const Context& /*context*/, LoginState& state) const {
    return Page{"login", {{"username", state.loginHint}}};
}

Result<StepOutcome> PasswordStep::answer(const Context& context, LoginState& state,
                                         const Form& form) const {
    const StepOutcome wrong{StepOutcome::Next::again, "login.wrong"};
    const auto login = form.text("username");
    if (login.size() <= longestLogin) {
        state.loginHint = login;
    }
    if (!isUsable(login, form.text("password"))) {
        return wrong;
    }
    auto person = find(context, login, Secret(form.text("password")));
    if (!person) {
        return person.error();
    }
    if (!*person) {
        return wrong;
    }
    state.person = *std::move(person);
    return StepOutcome{StepOutcome::Next::passed, {}};
}

Result<std::optional<FoundUser>> PasswordStep::find(const Context& context, std::string_view login,
                                                    const Secret& password) const {
    std::optional<Error> failure;
    for (const auto& [name, store] : stores_) {
        if (!context.issuer.asksUserStore(name)) {
            continue;
        }
        auto user = store->checkPassword(context, login, password);
        if (user && *user) {
            return std::optional<FoundUser>{FoundUser{name, **std::move(user)}};
        }
        if (!user) {
            host_->log().write(context, Level::warning,
                               "user store did not answer: " + user.error().detail,
                               {{"store", name}});
            failure = failure ? failure : user.error();
        }
    }
    return failure ? Result<std::optional<FoundUser>>{*failure} : std::optional<FoundUser>{};
}

constexpr const char* needs[] = {"user_store"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::PasswordStep, "password", "0.1.0", "Asks for user name and password",
                 gatehouse::needs)
