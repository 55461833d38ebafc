// SPDX-License-Identifier: Apache-2.0
#include "PasswordStep.h"

#include <algorithm>
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
/// login, and what was wrong.
constexpr const char* newPassword = "new_password";

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
        page.values = *asked->map();
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
        (*question)->set("login", login);
        state.kept.set(newPassword, **std::move(question));
        return StepOutcome{};
    }
    state.person = *std::move(person);
    return StepOutcome::passed();
}

Result<std::optional<ValueMap>> PasswordStep::renew(const Context& context, const LoginState& state,
                                                    const FoundUser& person, const Form& form,
                                                    bool isAsked) const {
    using Question = std::optional<ValueMap>;
    const auto found = std::find_if(stores_.begin(), stores_.end(),
                                    [&](const auto& store) { return store.name == person.store; });
    UserEditor* editor = found->plugin->editor();
    if (!person.user.needsNewPassword || editor == nullptr) {
        return Question{};
    }
    if (!isAsked) {
        return Question{ValueMap{}};
    }
    const Secret wanted(form.text(newPassword));
    if (wanted.view() != form.text("new_password_again")) {
        return Question{ValueMap{{"differs", true}}};
    }
    const auto isOld = found->plugin->checkPassword(context, state.loginHint, wanted);
    if (!isOld) {
        return isOld.error();
    }
    if (*isOld) {
        return Question{ValueMap{{"same", true}}};
    }
    const auto set = editor->setPassword(context, person.user.id, wanted);
    if (!set && set.error().fault == Fault::badInput) {
        return Question{ValueMap{{"refused", true}}};
    }
    if (!set) {
        return set.error();
    }
    tell(context, state, person);
    return Question{};
}

void PasswordStep::tell(const Context& context, const LoginState& state,
                        const FoundUser& person) const {
    const auto sub = host_->subjects().of(context, person.store, person.user.id);
    Event event;
    event.type = "password.changed";
    event.subject = sub ? *sub : std::string{};
    event.remoteAddress = state.remoteAddress;
    event.details = {{"login", person.user.login}};
    host_->events().publish(context, std::move(event));
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
