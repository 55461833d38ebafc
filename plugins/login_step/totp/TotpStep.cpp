// SPDX-License-Identifier: Apache-2.0
#include "TotpStep.h"

#include "Enrolment.h"
#include "TotpCommands.h"
#include "text/Base32.h"
#include "text/TypedCode.h"

#include <utility>

namespace gatehouse {

namespace {

/// Of the one app that a person has.
constexpr std::string_view onlyId = "app";

/// Where the key is kept that a person is setting up.
constexpr const char* newKey = "new_key";

std::optional<TotpKey> keyIn(const LoginState& state) {
    auto secret = fromBase32(state.kept.text(newKey));
    if (!secret) {
        return std::nullopt;
    }
    TotpKey key;
    key.secret = *std::move(secret);
    return key;
}

TotpKey ownOf(const ForeignTotpKey& key) {
    return {key.secret, key.algorithm, key.digits, key.period};
}

}  // namespace

Status TotpStep::configure(const Config& config, Host& host) {
    host_ = &host;
    keys_.emplace(host);
    issuerName_ = config.text("issuer_name");
    const auto enrolment = config.text("enrolment");
    withoutKey_ = enrolment == "required"  ? Need::enrolment
                  : enrolment == "offered" ? Need::offered
                                           : Need::unable;
    return done();
}

/// What cannot be looked up now is asked for, so that nobody does without.
Need TotpStep::needed(const Context& context, const LoginState& state) const {
    if (!state.person) {
        return Need::unable;
    }
    const auto key = keys_->find(context, *state.person);
    return key && !*key ? withoutKey_ : Need::yes;
}

Result<StepOutcome> TotpStep::ask(const Context& context, LoginState& state) const {
    const auto known = keys_->find(context, *state.person);
    if (!known) {
        return known.error();
    }
    if (*known) {
        return StepOutcome::show({"totp", {{"digits", (*known)->digits}}});
    }
    return showNew(context, state);
}

StepOutcome TotpStep::showNew(const Context& context, LoginState& state) const {
    auto key = keyIn(state);
    if (!key) {
        key = newTotpKey(host_->random());
        state.kept.set(newKey, base32(key->secret.view()));
    }
    return StepOutcome::show(
        enrolmentPage(*key, issuerName(issuerName_, context.issuer), state.person->user.login));
}

Result<StepOutcome> TotpStep::answer(const Context& context, LoginState& state,
                                     const Form& form) const {
    const auto code = typedCode(form.text("code"));
    const auto key = keys_->find(context, *state.person);
    if (!key) {
        return key.error();
    }
    return *key ? take(context, *state.person, **key, code) : enrol(context, state, code);
}

TotpStep::Outcome TotpStep::take(const Context& context, const FoundUser& person,
                                 const TotpKey& key, const std::string& code) const {
    const auto step = stepOf(key, code, host_->clock().now());
    if (!step) {
        return StepOutcome::again("totp.wrong");
    }
    const auto isNew = keys_->useUp(context, person, key, *step);
    if (!isNew) {
        return isNew.error();
    }
    return *isNew ? StepOutcome::passed() : StepOutcome::again("totp.used");
}

/// The first code shows that the app has got the key. Who has set one up elsewhere meanwhile is
/// asked for that one's code.
TotpStep::Outcome TotpStep::enrol(const Context& context, LoginState& state,
                                  const std::string& code) const {
    const auto key = keyIn(state);
    if (!key || withoutKey_ == Need::unable) {
        return StepOutcome::again();
    }
    auto taken = take(context, *state.person, *key, code);
    if (!taken || taken->next != StepOutcome::Next::passed) {
        return taken;
    }
    const auto isAdded = keys_->add(context, *state.person, *key);
    if (!isAdded) {
        return isAdded.error();
    }
    if (!*isAdded) {
        return StepOutcome::again();
    }
    tell(context, state);
    return taken;
}

void TotpStep::tell(const Context& context, const LoginState& state) const {
    const auto sub = host_->subjects().of(context, state.person->store, state.person->user.id);
    Event event;
    event.type = "totp.enrolled";
    event.clientId = state.clientId;
    event.subject = sub ? *sub : std::string{};
    event.remoteAddress = state.remoteAddress;
    event.details = {{"login", state.person->user.login}, {"store", state.person->store}};
    host_->events().publish(context, std::move(event));
}

std::vector<OfferedCommand> TotpStep::commands() const {
    return totpCommands();
}

Result<Value> TotpStep::run(const Context& context, std::string_view name,
                            const GivenArguments& arguments) {
    return runTotpCommand(*host_, context, name, arguments.positional.front(), issuerName_);
}

std::string TotpStep::problem(const ForeignTotpKey& key) const {
    return keyProblem(ownOf(key));
}

Result<bool> TotpStep::take(const Context& context, const FoundUser& person,
                            const ForeignTotpKey& key) {
    const auto isAdded = keys_->add(context, person, ownOf(key));
    return !isAdded || *isAdded ? isAdded : wouldTake(context, person, key);
}

Result<bool> TotpStep::wouldTake(const Context& context, const FoundUser& person,
                                 const ForeignTotpKey& key) const {
    const auto kept = keys_->find(context, person);
    if (!kept) {
        return kept.error();
    }
    auto own = ownOf(key);
    own.added = *kept ? (*kept)->added : own.added;
    return !*kept || host_->crypto().equal((*kept)->text().view(), own.text().view());
}

Status TotpStep::giveBack(const Context& context, const FoundUser& person,
                          const ForeignTotpKey& key) {
    const auto isOurs = wouldTake(context, person, key);
    if (!isOurs || !*isOurs) {
        return isOurs ? done() : Status{isOurs.error()};
    }
    const auto removed = keys_->remove(context, person);
    return removed ? done() : Status{removed.error()};
}

Result<std::vector<Authenticator>> TotpStep::list(const Context& context,
                                                  const FoundUser& person) const {
    const auto key = keys_->find(context, person);
    if (!key) {
        return key.error();
    }
    std::vector<Authenticator> apps;
    if (*key) {
        apps.push_back({std::string(onlyId), {}, (*key)->added});
    }
    return apps;
}

/// One at most, and none that people set up themselves where the operator gives them.
Result<StepOutcome> TotpStep::askNew(const Context& context, LoginState& state) const {
    const auto known = keys_->find(context, *state.person);
    if (!known) {
        return known.error();
    }
    return *known || withoutKey_ == Need::unable ? StepOutcome::failed() : showNew(context, state);
}

Result<StepOutcome> TotpStep::takeNew(const Context& context, LoginState& state,
                                      const Form& form) const {
    return enrol(context, state, typedCode(form.text("code")));
}

Result<bool> TotpStep::remove(const Context& context, const FoundUser& person,
                              std::string_view id) const {
    return id == onlyId ? keys_->remove(context, person) : Result<bool>(false);
}

constexpr Field fields[] = {
    {"enrolment", Kind::text, byDefault("offered"),
     "who has no key yet sets one up at the next login where a code is asked for; offered: or "
     "later; "
     "by_operator: is given one by `gatehouse totp add`",
     oneOf("required|offered|by_operator")},
    {"issuer_name", Kind::text, optional,
     "what apps show beside the person's login; the issuer's host when not set"},
};
constexpr const char* needs[] = {"people", "storage"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::TotpStep, "totp", "0.1.0", "Asks for the code of an authenticator app",
                 gatehouse::fields, gatehouse::needs)
