// SPDX-License-Identifier: Apache-2.0
#include "EmailCodeStep.h"

#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/MailAddress.h"
#include "text/TypedCode.h"

#include <cstdint>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::int64_t mostWrong = 5;
/// Between two mails of a login: a button that is pressed twice sends one.
constexpr seconds pause{20};
constexpr seconds window{3600};

/// Where letters have been seen to arrive; empty: nowhere.
std::string addressOf(const User& person) {
    const auto address = person.claims.text("email");
    const bool isGood = isTrue(person.claims, "email_verified") && isMailAddress(address);
    return isGood ? std::string(address) : std::string();
}

}  // namespace

Status EmailCodeStep::configure(const Config& config, Host& host) {
    host_ = &host;
    lifetime_ = std::chrono::duration_cast<seconds>(config.duration("lifetime"));
    digits_ = static_cast<std::size_t>(config.number("digits"));
    codes_.emplace(host, lifetime_);
    return done();
}

Status EmailCodeStep::start() {
    mails_ = &host_->one<Mails>();
    return done();
}

Need EmailCodeStep::needed(const Context& /*context*/, const LoginState& state) const {
    return state.person && !addressOf(state.person->user).empty() ? Need::yes : Need::unable;
}

EmailCodeStep::Outcome EmailCodeStep::ask(const Context& context, LoginState& state) const {
    const auto sent = find(context, state);
    if (!sent) {
        return sent.error();
    }
    return *sent ? page(state) : send(context, state, {});
}

EmailCodeStep::Outcome EmailCodeStep::answer(const Context& context, LoginState& state,
                                             const Form& form) const {
    const auto sent = find(context, state);
    if (!sent) {
        return sent.error();
    }
    if (!*sent) {
        return StepOutcome::again("email_code.expired");
    }
    if (form.has("resend")) {
        return sendAgain(context, state, **sent);
    }
    const auto code = codes_->hashOf(state.id, typedCode(form.text("code")));
    return host_->crypto().equal(code, (*sent)->code) ? pass(context, state, **sent)
                                                      : refuse(context, state, **sent);
}

EmailCodeStep::Outcome EmailCodeStep::returned(const Context& context, LoginState& state,
                                               const Form& query) const {
    const auto sent = find(context, state);
    if (!sent) {
        return sent.error();
    }
    const auto link = codes_->hashOf(state.id, query.text("state"));
    const bool isRight = *sent && host_->crypto().equal(link, (*sent)->link);
    return isRight ? pass(context, state, **sent) : StepOutcome::again("email_code.expired");
}

/// One that went to somebody else, with whom this login had begun, is none.
Result<std::optional<SentCode>> EmailCodeStep::find(const Context& context,
                                                    const LoginState& state) const {
    const auto& [store, user] = *state.person;
    const auto person = host_->subjects().of(context, store, user.id);
    auto sent = person ? codes_->find(context, state.id) : person.error();
    if (!sent) {
        return sent.error();
    }
    return *sent && (*sent)->person == *person ? std::move(sent) : std::optional<SentCode>();
}

/// The record is there before the mail, so that of two requests at once one sends.
EmailCodeStep::Outcome EmailCodeStep::send(const Context& context, LoginState& state,
                                           const std::string& message) const {
    constexpr std::size_t referenceSize = 32;
    const auto& [store, user] = *state.person;
    auto person = host_->subjects().of(context, store, user.id);
    auto before = person ? codes_->find(context, state.id) : person.error();
    if (!before) {
        return before.error();
    }
    const auto code = newCode();
    const auto reference = base64url(host_->random().bytes(referenceSize));
    SentCode sent{*std::move(person),
                  codes_->hashOf(state.id, code),
                  codes_->hashOf(state.id, reference),
                  0,
                  host_->clock().now(),
                  *before ? (*before)->version : 0};
    const auto isFirst = codes_->put(context, state.id, sent);
    if (!isFirst || !*isFirst) {
        return isFirst ? Outcome(page(state)) : isFirst.error();
    }
    const auto isMailed = mail(context, state, code, state.returnUrl + "?state=" + reference);
    if (!isMailed || !*isMailed) {
        (void)codes_->drop(context, state.id);
        return isMailed ? Outcome(StepOutcome::wait(window, "email_code.wait")) : isMailed.error();
    }
    auto outcome = message.empty() ? page(state) : StepOutcome::again(message);
    outcome.reference = reference;
    return outcome;
}

Result<bool> EmailCodeStep::mail(const Context& context, const LoginState& state,
                                 const std::string& code, const std::string& link) const {
    const auto& [store, user] = *state.person;
    NewMail mail;
    mail.name = "email_code";
    mail.to = addressOf(user);
    mail.about = store + " " + user.id;
    mail.languages = state.language;
    mail.values = {{"code", code}, {"link", link}, {"minutes", lifetime_.count() / 60}};
    mail.goodFor = lifetime_;
    return mails_->send(context, mail);
}

EmailCodeStep::Outcome EmailCodeStep::sendAgain(const Context& context, LoginState& state,
                                                const SentCode& sent) const {
    return host_->clock().now() - sent.sent < pause ? StepOutcome::again()
                                                    : send(context, state, {});
}

EmailCodeStep::Outcome EmailCodeStep::pass(const Context& context, const LoginState& state,
                                           const SentCode& sent) const {
    const auto isFirst = codes_->take(context, state.id, sent);
    if (!isFirst) {
        return isFirst.error();
    }
    return *isFirst ? StepOutcome::passed() : StepOutcome::again("email_code.expired");
}

/// Whoever guesses gets no further with this code, and the person another one.
EmailCodeStep::Outcome EmailCodeStep::refuse(const Context& context, LoginState& state,
                                             SentCode sent) const {
    ++sent.wrong;
    const auto isKept = sent.wrong < mostWrong ? codes_->put(context, state.id, sent)
                                               : codes_->take(context, state.id, sent);
    if (!isKept) {
        return isKept.error();
    }
    return StepOutcome::again(sent.wrong < mostWrong ? "email_code.wrong" : "email_code.too_often");
}

StepOutcome EmailCodeStep::page(const LoginState& state) {
    return StepOutcome::show(
        {"email_code", {{"address", maskedAddress(addressOf(state.person->user))}}});
}

std::string EmailCodeStep::newCode() const {
    std::uint64_t number = 0;
    for (const char byte : host_->random().bytes(sizeof number)) {
        number = number << 8U | static_cast<unsigned char>(byte);
    }
    std::string code;
    for (; code.size() < digits_; number /= 10) {
        code += static_cast<char>('0' + number % 10);
    }
    return code;
}

constexpr Field fields[] = {
    {"digits", Kind::number, byDefault("6"), "of a code", between(6, 8)},
    {"lifetime", Kind::duration, byDefault("10m"), "for how long a code is good",
     between(60'000, 3'600'000)},
};
constexpr const char* needs[] = {"mails", "mailer", "storage"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::EmailCodeStep, "email_code", "0.1.0",
                 "Sends a code to people's e-mail address, and asks for it", gatehouse::fields,
                 gatehouse::needs)
