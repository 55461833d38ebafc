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

/// The page, its field, and under which name it is kept while it is this page's turn: for which
/// login, and the key of what was wrong.
constexpr const char* newPassword = "new_password";
constexpr const char* problemKept = "problem";

bool isAskedFor(const LoginState& state, std::string_view login) {
    const Value* asked = state.kept.find(newPassword);
    return asked != nullptr && asked->map() != nullptr && asked->map()->text("login") == login;
}

}  // namespace

Status PasswordStep::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

Status PasswordStep::start() {
    stores_ = host_->all<UserStore>();
    people_ = &host_->one<People>();
    return done();
}

/// Also of who is known already: where it need not be asked, the plan of the login says so.
Need PasswordStep::needed(const Context& /*context*/, const LoginState& /*state*/) const {
    return Need::yes;
}

Result<StepOutcome> PasswordStep::ask(const Context& /*context*/, LoginState& state) const {
    const Value* asked = state.kept.find(newPassword);
    Page page{asked == nullptr ? "login" : newPassword, {}};
    if (asked != nullptr && asked->map() != nullptr) {
        page.message = asked->map()->text(problemKept);
    }
    page.values.set("username", state.person ? state.person->user.login : state.loginHint);
    return StepOutcome::show(std::move(page));
}

Result<StepOutcome> PasswordStep::answer(const Context& context, LoginState& state,
                                         const Form& form) const {
    const StepOutcome wrong{StepOutcome::Next::again, "login.wrong"};
    const auto login = form.text("username");
    const bool isAsked = isAskedFor(state, login);
    state.kept.erase(newPassword);
    if (login.size() <= longestLogin) {
        state.loginHint = login;
    }
    if (!isUsable(login, form.text("password"))) {
        return wrong;
    }
    auto person = find(context, login, Secret(form.text("password")));
    if (person && !*person && isAsked && isUsable(login, form.text(newPassword))) {
        // A button that is pressed twice: the first time it was set.
        person = find(context, login, Secret(form.text(newPassword)));
    }
    if (!person) {
        return person.error();
    }
    if (!*person) {
        return wrong;
    }
    auto question = renew(context, state, **person, form, isAsked);
    if (!question) {
        return question.error();
    }
    if (*question) {
        state.kept.set(newPassword, ValueMap{{"login", login}, {problemKept, **question}});
        return StepOutcome{};
    }
    state.person = *std::move(person);
    return StepOutcome::passed();
}

Result<std::optional<std::string>> PasswordStep::renew(const Context& context,
                                                       const LoginState& state,
                                                       const FoundUser& person, const Form& form,
                                                       bool isAsked) const {
    using Question = std::optional<std::string>;
    const bool canBe = people_->editor(context.issuer, person.store) != nullptr;
    if (!person.user.needsNewPassword || !canBe) {
        return Question{};
    }
    if (!isAsked) {
        return Question{""};
    }
    const Secret wanted(form.text(newPassword));
    if (wanted.view() != form.text("new_password_again")) {
        return Question{"new_password.differs"};
    }
    auto problem = people_->choosePassword(context, person, wanted, state.remoteAddress);
    if (!problem) {
        return problem.error();
    }
    return problem->empty() ? Question{} : Question{*std::move(problem)};
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

constexpr const char* needs[] = {"user_store", "people"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::PasswordStep, "password", "0.1.0", "Asks for user name and password",
                 gatehouse::needs)
