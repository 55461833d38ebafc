// SPDX-License-Identifier: Apache-2.0
#include "ForgottenPassword.h"

#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/MailAddress.h"

#include <cstddef>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longestLogin = 255;
constexpr seconds window{3600};

// What is kept: a mail is on its way; or the key of the link that was opened, and what was wrong
// with the new password.
constexpr const char* sent = "sent";
constexpr const char* openedLink = "link";
constexpr const char* problem = "problem";

bool isVerified(const User& person) {
    return isTrue(person.claims, "email_verified") && isMailAddress(person.claims.text("email"));
}

}  // namespace

Status ForgottenPassword::configure(const Config& config, Host& host) {
    host_ = &host;
    lifetime_ = std::chrono::duration_cast<seconds>(config.duration("lifetime"));
    mostPerAddress_ = config.number("most_per_address");
    links_.emplace(host, lifetime_);
    quota_.emplace(host, window);
    return done();
}

Status ForgottenPassword::start() {
    mails_ = &host_->one<Mails>();
    people_ = &host_->one<People>();
    sessions_ = &host_->one<Sessions>();
    tokens_ = &host_->one<Tokens>();
    return done();
}

/// Who is known has not forgotten who they are, nor anything else that is asked again.
Need ForgottenPassword::needed(const Context& context, const LoginState& state) const {
    const bool canBe = !state.person && people_->editor(context.issuer, {}) != nullptr;
    return canBe ? Need::yes : Need::unable;
}

ForgottenPassword::Outcome ForgottenPassword::ask(const Context& context, LoginState& state) const {
    if (!state.kept.contains(openedLink)) {
        const bool isSent = state.kept.contains(sent);
        return StepOutcome::show({isSent ? "forgotten_password_sent" : "forgotten_password",
                                  {{"login", state.loginHint}}});
    }
    const auto person = opened(context, state);
    if (!person) {
        return person.error();
    }
    if (!*person) {
        state.kept = {};
        return StepOutcome::show(
            {"forgotten_password", {{"login", state.loginHint}}, "forgotten_password.old"});
    }
    Page page{"forgotten_password_new", {{"login", (*person)->user.login}}};
    page.message = state.kept.text(problem);
    return StepOutcome::show(std::move(page));
}

ForgottenPassword::Outcome ForgottenPassword::answer(const Context& context, LoginState& state,
                                                     const Form& form) const {
    if (state.kept.contains(openedLink)) {
        return choose(context, state, form);
    }
    if (state.kept.contains(sent)) {  // "send another one"
        state.kept = {};
        return StepOutcome{};
    }
    const std::string login(form.text("username"));
    if (login.empty() || login.size() > longestLogin) {
        return StepOutcome{};
    }
    state.loginHint = login;
    const auto may = quota_->count(context,
                                   std::string(host_->instance()) + " address " +
                                       WindowQuota::networkOf(state.remoteAddress),
                                   mostPerAddress_);
    if (!may) {
        return may.error();
    }
    return *may ? send(context, state, login)
                : StepOutcome::wait(window, "forgotten_password.wait");
}

ForgottenPassword::Outcome ForgottenPassword::returned(const Context& context, LoginState& state,
                                                       const Form& query) const {
    state.kept = {};
    state.kept.set(openedLink, links_->keyOf(query.text("state")));
    const auto person = opened(context, state);
    if (!person) {
        return person.error();
    }
    return StepOutcome{};
}

ForgottenPassword::Outcome ForgottenPassword::send(const Context& context, LoginState& state,
                                                   const std::string& login) const {
    constexpr std::size_t referenceSize = 32;
    const auto reference = base64url(host_->random().bytes(referenceSize));
    std::string address;
    const auto person = personOf(context, login, address);
    tell(context, state, person);
    const auto added = links_->add(context, reference, person);
    const auto mailed =
        added ? mail(context, state, "forgotten_password", address, person.store + " " + person.id,
                     state.returnUrl + "?state=" + reference)
              : added;
    if (!mailed) {
        return mailed.error();
    }
    state.kept.set(sent, true);
    StepOutcome outcome;
    outcome.reference = reference;
    return outcome;
}

/// Nobody, as far as a mail goes: unknown, disabled, without a confirmed address, of a store that
/// keeps its passwords elsewhere, or not to be found now. No page may tell which.
Subject ForgottenPassword::personOf(const Context& context, const std::string& login,
                                    std::string& address) const {
    const auto found = people_->findByLogin(context, login);
    if (!found) {
        host_->log().write(context, Level::warning,
                           "no mail for who forgot a password: " + found.error().detail);
    }
    const bool isThere = found && *found && !(*found)->user.isDisabled &&
                         isVerified((*found)->user) &&
                         people_->editor(context.issuer, (*found)->store) != nullptr;
    const std::string store = isThere ? (*found)->store : std::string();
    const std::string id = isThere ? (*found)->user.id : login;
    address = isThere ? std::string((*found)->user.claims.text("email")) : std::string();
    const auto sub = host_->subjects().of(context, store, id);
    return {sub ? *sub : std::string(), store, id};
}

/// Of everybody who is asked for, there or not.
void ForgottenPassword::tell(const Context& context, const LoginState& state,
                             const Subject& person) const {
    Event event;
    event.type = "password.forgotten";
    event.clientId = state.clientId;
    event.subject = person.store.empty() ? std::string() : person.sub;
    event.remoteAddress = state.remoteAddress;
    event.details = {{"login", state.loginHint}};
    host_->events().publish(context, std::move(event));
}

/// One too many is sent to nobody, and told to nobody.
Status ForgottenPassword::mail(const Context& context, const LoginState& state,
                               const std::string& name, const std::string& to,
                               const std::string& about, const std::string& link) const {
    NewMail mail;
    mail.name = name;
    mail.to = to;
    mail.about = about;
    mail.languages = state.language;
    mail.values = {{"link", link}, {"minutes", lifetime_.count() / 60}};
    if (!link.empty()) {
        mail.goodFor = lifetime_;
    }
    const auto isSent = mails_->send(context, mail);
    return isSent ? done() : Status(isSent.error());
}

/// The person of the link, as the store knows them now.
Result<std::optional<ForgottenPassword::Opened>>
ForgottenPassword::opened(const Context& context, const LoginState& state) const {
    auto link = links_->find(context, std::string(state.kept.text(openedLink)));
    if (!link) {
        return link.error();
    }
    auto subject = *link ? ResetLinks::personOf(**link) : std::nullopt;
    if (!subject) {
        return std::optional<Opened>();
    }
    auto person = people_->find(context, *subject);
    if (!person) {
        return person.error();
    }
    return *person
               ? std::optional(Opened{**std::move(link), *std::move(subject), **std::move(person)})
               : std::nullopt;
}

ForgottenPassword::Outcome ForgottenPassword::choose(const Context& context, LoginState& state,
                                                     const Form& form) const {
    const auto person = opened(context, state);
    if (!person) {
        return person.error();
    }
    if (!*person) {
        return StepOutcome{};  // which says that the link is old
    }
    const Secret password(form.text("new_password"));
    auto wrong = password.view() == form.text("new_password_again")
                     ? set(context, state, **person, password)
                     : Result<std::string>("new_password.differs");
    if (!wrong) {
        return wrong.error();
    }
    if (!wrong->empty()) {
        state.kept.set(problem, *std::move(wrong));
        return StepOutcome{};
    }
    state.person = FoundUser{(*person)->subject.store, (*person)->user};
    state.loginHint = (*person)->user.login;
    return StepOutcome::passed();
}

/// The key of what is wrong; empty: nothing. The link is used up first, so that it sets one
/// password; what was left undone can be done by it again.
Result<std::string> ForgottenPassword::set(const Context& context, const LoginState& state,
                                           const Opened& opened, const Secret& password) const {
    const auto isFirst = links_->take(context, opened.link);
    if (!isFirst) {
        return isFirst.error();
    }
    if (!*isFirst) {
        return std::string("forgotten_password.old");
    }
    auto wrong = change(context, state, opened, password);
    if (wrong && wrong->empty()) {
        tellPerson(context, opened, state);
        return wrong;
    }
    const auto given = links_->giveBack(context, opened.link);
    return given ? std::move(wrong) : given.error();
}

Result<std::string> ForgottenPassword::change(const Context& context, const LoginState& state,
                                              const Opened& opened, const Secret& password) const {
    auto wrong = people_->choosePassword(context, {opened.subject.store, opened.user}, password,
                                         state.remoteAddress);
    if (!wrong || !wrong->empty()) {
        return wrong;
    }
    const auto ended = endAll(context, opened.subject);
    return ended ? std::move(wrong) : ended.error();
}

/// Whoever else knew the password is out.
Status ForgottenPassword::endAll(const Context& context, const Subject& person) const {
    for (const auto& ended :
         {links_->drop(context, person), tokens_->revokeAll(context, person.sub),
          sessions_->endAll(context, person.sub)}) {
        if (!ended) {
            return Error::unavailable(ended.error().detail);
        }
    }
    return done();
}

/// That a mail cannot be put now keeps nobody out.
void ForgottenPassword::tellPerson(const Context& context, const Opened& opened,
                                   const LoginState& state) const {
    const auto told =
        mail(context, state, "password_changed", std::string(opened.user.claims.text("email")),
             opened.subject.store + " " + opened.subject.id, {});
    if (!told) {
        host_->log().write(context, Level::warning,
                           "nobody is told of a new password: " + told.error().detail);
    }
}

constexpr Field fields[] = {
    {"lifetime", Kind::duration, byDefault("30m"),
     "for how long a link is good, and no longer than the login in which it was asked for "
     "(`oauth.interaction_lifetime`)",
     between(60'000, 3'600'000)},
    {"most_per_address", Kind::number, byDefault("20"),
     "mails asked for from one address in an hour", between(1, 1'000'000'000)},
};
constexpr const char* needs[] = {
    "mails", "mailer", "people", "sessions", "tokens", "storage", "login_step.password"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::ForgottenPassword, "forgotten_password", "0.1.0",
                 "People who have forgotten their password set a new one, by a mail",
                 gatehouse::fields, gatehouse::needs)
