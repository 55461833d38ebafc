// SPDX-License-Identifier: Apache-2.0
#include "SignupStep.h"

#include "InvitationCommands.h"
#include "text/MailAddress.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gatehouse {

namespace {

using Stores = std::vector<Host::Named<UserStore>>;

/// What the form is filled with again, beside the address that was shown.
void keep(LoginState& state, const NewPerson& person) {
    const auto confirmed = AddressProof::shownIn(state);
    state.kept = person.shown();
    if (!confirmed.empty()) {
        state.kept.set("confirmed", confirmed);
    }
}

/// The end: there is none.
Stores::const_iterator firstEditable(const Stores& stores) {
    return std::find_if(stores.begin(), stores.end(),
                        [](const auto& store) { return store.plugin->editor() != nullptr; });
}

}  // namespace

Status SignupStep::configure(const Config& config, Host& host) {
    host_ = &host;
    kind_ = config.text("login") == "email" ? LoginForm::email : LoginForm::name;
    isConfirmed_ = config.boolean("confirm_email");
    if (isConfirmed_ && kind_ != LoginForm::email) {
        return Error::badInput(config.place("confirm_email") +
                               ": confirm_email: goes with \"login: email\"");
    }
    if (config.boolean("invitation_only")) {
        if (!isConfirmed_) {
            return Error::badInput(config.place("invitation_only") +
                                   ": invitation_only: goes with \"confirm_email: true\", which "
                                   "shows that it is who was invited");
        }
        invitations_.emplace(host);
    }
    mostPerAddress_ = config.number("most_per_address");
    most_ = config.number("most");
    window_ = std::chrono::duration_cast<seconds>(config.duration("window"));
    quota_.emplace(host, window_);
    return done();
}

Status SignupStep::start() {
    stores_ = host_->all<UserStore>();
    people_ = &host_->one<People>();
    if (isConfirmed_) {
        proof_.emplace(*host_);
    }
    return done();
}

std::string SignupStep::missing(const Stores& stores) const {
    return firstEditable(stores) == stores.end()
               ? "no user store there can add people; user_store.local can"
               : "";
}

/// Who is known has an account.
Need SignupStep::needed(const Context& context, const LoginState& state) const {
    const bool canBe =
        !state.person && missing(storesOf(context.issuer)).empty() && (!proof_ || proof_->canBe());
    return canBe ? Need::yes : Need::unable;
}

Result<StepOutcome> SignupStep::ask(const Context& /*context*/, LoginState& state) const {
    const auto confirmed = AddressProof::shownIn(state);
    if (proof_ && confirmed.empty()) {
        auto asked = AddressProof::ask(state);
        asked.page.values.set("by_invitation", invitations_.has_value());
        return asked;
    }
    Page page{"signup", state.kept};
    page.values.set("is_confirmed", !confirmed.empty());
    if (!page.values.contains("login")) {
        page.values.set("login", state.loginHint);
    }
    page.message = state.kept.text("problem");
    page.values.set("by_email", kind_ == LoginForm::email);
    return StepOutcome::show(std::move(page));
}

Result<StepOutcome> SignupStep::answer(const Context& context, LoginState& state,
                                       const Form& form) const {
    const auto confirmed = AddressProof::shownIn(state);
    if (proof_ && confirmed.empty()) {
        return answerAddress(context, state, form);
    }
    auto person = NewPerson::in(form, kind_, confirmed);
    keep(state, person);
    if (!person.problem.empty()) {
        return StepOutcome{};
    }
    state.loginHint = person.user.login;
    const auto may = isWithinQuota(context, state);
    if (!may) {
        return may.error();
    }
    if (!*may) {
        return StepOutcome::wait(window_, "signup.wait");
    }
    const auto taken = storeThatKnows(context, person.user.login);
    if (!taken) {
        return taken.error();
    }
    return *taken ? enter(context, state, **taken, person)
                  : make(context, state, std::move(person));
}

Result<StepOutcome> SignupStep::returned(const Context& /*context*/, LoginState& state,
                                         const Form& query) const {
    return proof_ ? proof_->returned(state, query) : StepOutcome::failed();
}

/// The page before the link was opened.
SignupStep::Outcome SignupStep::answerAddress(const Context& context, LoginState& state,
                                              const Form& form) const {
    if (AddressProof::isWaiting(state)) {  // "send another one"
        state.kept = {};
        return StepOutcome{};
    }
    const std::string address(form.text("username"));
    if (!isMailAddress(address)) {
        state.kept.set("problem", "signup.no_address");
        return StepOutcome{};
    }
    state.loginHint = address;
    const auto may = isWithinQuota(context, state);
    if (!may) {
        return may.error();
    }
    return *may ? mailTo(context, state, address) : StepOutcome::wait(window_, "signup.wait");
}

/// While a store is away that might know the address nobody gets a mail, and nobody can tell.
SignupStep::Outcome SignupStep::mailTo(const Context& context, LoginState& state,
                                       const std::string& address) const {
    const auto known = this->known(context, address);
    if (!known) {
        host_->log().write(context, Level::warning,
                           "no mail for who wants an account: " + known.error().detail);
    }
    return proof_->send(context, state, address, known ? *known : AddressProof::Known::untold);
}

/// All of it is looked up for everybody. Who is not invited is told nothing.
Result<AddressProof::Known> SignupStep::known(const Context& context,
                                              const std::string& address) const {
    const auto isInvited = this->isInvited(context, address);
    const auto taken = storeThatKnows(context, address);
    if (!isInvited || !taken) {
        return isInvited ? taken.error() : isInvited.error();
    }
    return *taken       ? AddressProof::Known::yes
           : *isInvited ? AddressProof::Known::no
                        : AddressProof::Known::untold;
}

Result<bool> SignupStep::isInvited(const Context& context, std::string_view address) const {
    return invitations_ ? invitations_->has(context, address) : Result<bool>(true);
}

Result<bool> SignupStep::isWithinQuota(const Context& context, const LoginState& state) const {
    return mayGoOn(context, "address " + WindowQuota::networkOf(state.remoteAddress),
                   mostPerAddress_);
}

Result<bool> SignupStep::mayGoOn(const Context& context, const std::string& key,
                                 std::int64_t most) const {
    return quota_->count(context, std::string(host_->instance()) + " " + key, most);
}

std::vector<SignupStep::Store> SignupStep::storesOf(const Issuer& issuer) const {
    std::vector<Store> asked;
    std::copy_if(stores_.begin(), stores_.end(), std::back_inserter(asked),
                 [&](const Store& store) { return issuer.asksUserStore(store.name); });
    return asked;
}

/// A store that is away may know it: nobody takes another's login while theirs cannot be asked.
Result<std::optional<SignupStep::Store>> SignupStep::storeThatKnows(const Context& context,
                                                                    std::string_view login) const {
    for (const auto& store : storesOf(context.issuer)) {
        const auto found = store.plugin->findByLogin(context, login);
        if (!found) {
            return found.error();
        }
        if (*found) {
            return std::optional(store);
        }
    }
    return std::optional<Store>();
}

SignupStep::Outcome SignupStep::enter(const Context& context, LoginState& state, const Store& store,
                                      const NewPerson& person) {
    auto known = store.plugin->checkPassword(context, person.user.login, person.password);
    if (!known) {
        return known.error();
    }
    if (!*known || (*known)->needsNewPassword) {
        return StepOutcome::again("signup.taken");
    }
    state.person = FoundUser{store.name, **std::move(known)};
    return StepOutcome::passed();
}

SignupStep::Outcome SignupStep::make(const Context& context, LoginState& state,
                                     NewPerson person) const {
    const auto stores = storesOf(context.issuer);
    const auto store = firstEditable(stores);
    if (store == stores.end()) {
        return Error::internal("no user store can add people any more");
    }
    auto problem = people_->passwordProblem(context, person.user, person.password);
    if (!problem) {
        return problem.error();
    }
    if (!problem->empty()) {
        return askAgain(state, std::move(person), *std::move(problem));
    }
    const auto isInvited = this->isInvited(context, person.user.login);
    const auto may = mayGoOn(context, "all", most_);
    if (!may || !isInvited) {
        return may ? isInvited.error() : may.error();
    }
    if (!*may) {
        return StepOutcome::wait(window_, "signup.wait");
    }
    if (!*isInvited) {
        return StepOutcome::failed("signup.uninvited");
    }
    auto added = store->plugin->editor()->add(context, person.user, person.password);
    if (!added) {
        return refuse(context, state, std::move(person), added.error());
    }
    state.person = FoundUser{store->name, *std::move(added)};
    tell(context, state, *state.person);
    if (invitations_) {
        // One that stays lets nobody in: the login is taken.
        (void)invitations_->remove(context, state.person->user.login);
    }
    return StepOutcome::passed();
}

/// Somebody was faster, perhaps this very person's other press of the button; or the store does not
/// take the login or the password.
SignupStep::Outcome SignupStep::refuse(const Context& context, LoginState& state, NewPerson person,
                                       const Error& error) const {
    if (error.fault != Fault::badInput) {
        return error;
    }
    const auto taken = storeThatKnows(context, person.user.login);
    if (!taken) {
        return taken.error();
    }
    if (*taken) {
        return enter(context, state, **taken, person);
    }
    return askAgain(state, std::move(person), "signup.refused");
}

StepOutcome SignupStep::askAgain(LoginState& state, NewPerson person, std::string problem) {
    person.problem = std::move(problem);
    keep(state, person);
    return {};
}

void SignupStep::tell(const Context& context, const LoginState& state,
                      const FoundUser& made) const {
    const auto sub = host_->subjects().of(context, made.store, made.user.id);
    Event event;
    event.type = "user.created";
    event.clientId = state.clientId;
    event.subject = sub ? *sub : std::string{};
    event.remoteAddress = state.remoteAddress;
    event.details = {{"login", made.user.login}, {"store", made.store}};
    host_->events().publish(context, std::move(event));
}

std::vector<OfferedCommand> SignupStep::commands() const {
    return invitationCommands();
}

Result<Value> SignupStep::run(const Context& context, std::string_view name,
                              const GivenArguments& arguments) {
    return runInvitationCommand(*host_, context, name, arguments);
}

constexpr Field fields[] = {
    {"login", Kind::text, byDefault("name"),
     "what people sign in with: a name of their choice, or their e-mail address",
     oneOf("name|email")},
    {"confirm_email", Kind::boolean, byDefault("false"),
     "with `login: email`: the account is made after a link to the address was opened, which is "
     "then confirmed; needs a mailer"},
    {"invitation_only", Kind::boolean, byDefault("false"),
     "with `confirm_email`: only addresses that `gatehouse invitation create` has invited"},
    {"most_per_address", Kind::number, byDefault("20"),
     "attempts from one address in a window, refused ones too", between(1, 1'000'000'000)},
    {"most", Kind::number, byDefault("1000"), "accounts in a window in all",
     between(1, 1'000'000'000)},
    {"window", Kind::duration, byDefault("1h"), "in how long", between(1'000, 7LL * 86'400'000)},
};
constexpr const char* needs[] = {"user_store", "people", "mails", "storage", "login_step.password"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::SignupStep, "signup", "0.1.0", "People make their accounts themselves",
                 gatehouse::fields, gatehouse::needs)
