// SPDX-License-Identifier: Apache-2.0
#include "PasskeyStep.h"

#include "PasskeyCommands.h"
#include "json/Json.h"
#include "text/DisplayName.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* always = "required";
constexpr std::string_view creating = "webauthn.create";
constexpr std::string_view getting = "webauthn.get";

/// RFC 8176 section 2. A key that can be on several devices is in software; what the authenticator
/// asked the person for, it does not say.
std::vector<std::string> provedBy(const AuthenticatorData& data) {
    std::vector<std::string> amr{data.isBackupEligible ? "swk" : "hwk", "user"};
    if (data.isUserVerified) {
        amr.emplace_back("mfa");
    }
    return amr;
}

}  // namespace

Status PasskeyStep::configure(const Config& config, Host& host) {
    host_ = &host;
    passkeys_.emplace(host);
    rpId_ = config.text("rp_id");
    verification_ = config.text("user_verification");
    const auto enrolment = config.text("enrolment");
    withoutOne_ = enrolment == always      ? Need::enrolment
                  : enrolment == "offered" ? Need::offered
                                           : Need::unable;
    return done();
}

/// What cannot be looked up now is asked for, so that nobody does without.
Need PasskeyStep::needed(const Context& context, const LoginState& state) const {
    if (!state.person) {
        return Need::yes;
    }
    const auto passkeys = passkeys_->of(context, *state.person);
    return passkeys && passkeys->empty() ? withoutOne_ : Need::yes;
}

/// Who says no name is told by the key alone, which then has to stand for more than the device.
std::string_view PasskeyStep::verification(const LoginState& state) const {
    return state.person ? std::string_view(verification_) : always;
}

Asked PasskeyStep::asked(const Context& context, std::string_view type, const Challenge& challenge,
                         std::string_view verification) const {
    return {type, challenge.text, context.issuer.origin(), rpIdOf(rpId_, context.issuer),
            verification == always};
}

Result<StepOutcome> PasskeyStep::ask(const Context& context, LoginState& state) const {
    if (!state.person) {
        return askSignIn(context, state, {});
    }
    const auto passkeys = passkeys_->of(context, *state.person);
    if (!passkeys) {
        return passkeys.error();
    }
    return passkeys->empty() ? askNewOne(context, state, {}) : askSignIn(context, state, *passkeys);
}

PasskeyStep::Outcome PasskeyStep::askSignIn(const Context& context, LoginState& state,
                                            const std::vector<Passkey>& passkeys) const {
    const auto challenge = Challenge::make(*host_, state);
    return StepOutcome::show(
        {"passkey",
         {{"options", toJson(requestOptions(challenge, rpIdOf(rpId_, context.issuer),
                                            verification(state), passkeys))},
          {"is_first", !state.person},
          {"username", state.loginHint}}});
}

PasskeyStep::Outcome PasskeyStep::askNewOne(const Context& context, LoginState& state,
                                            const std::vector<Passkey>& passkeys) const {
    const auto handle = passkeys_->handleOf(context, *state.person);
    if (!handle) {
        return handle.error();
    }
    const auto challenge = Challenge::make(*host_, state);
    return StepOutcome::show(
        {"passkey_enrolment",
         {{"options",
           toJson(creationOptions(challenge, rpIdOf(rpId_, context.issuer), verification_,
                                  {*handle, state.person->user}, passkeys))}}});
}

Result<StepOutcome> PasskeyStep::answer(const Context& context, LoginState& state,
                                        const Form& form) const {
    if (!state.person) {
        return signIn(context, state, form);
    }
    const auto passkeys = passkeys_->of(context, *state.person);
    if (!passkeys) {
        return passkeys.error();
    }
    if (!passkeys->empty()) {
        return signIn(context, state, form);
    }
    return withoutOne_ == Need::unable ? StepOutcome::again() : takeNew(context, state, form);
}

PasskeyStep::Outcome PasskeyStep::signIn(const Context& context, LoginState& state,
                                         const Form& form) const {
    const auto challenge = Challenge::keptIn(state, host_->clock().now());
    const auto answer = Assertion::read(form);
    if (!challenge || !answer) {
        return wrong(context, challenge ? "no answer of a browser" : "too late");
    }
    const auto passkey = passkeys_->find(context, answer->id);
    if (!passkey || !*passkey) {
        return wrong(context, passkey, "nobody has it");
    }
    const auto data =
        verify(*answer, **passkey, asked(context, getting, *challenge, verification(state)));
    if (!data) {
        return wrong(context, data.error());
    }
    auto owner = ownerOf(context, state, *answer, **passkey);
    if (!owner || !*owner) {
        return wrong(context, owner, "of somebody else");
    }
    const auto isFirst = passkeys_->useUp(context, *challenge);
    if (!isFirst || !*isFirst) {
        return wrong(context, isFirst, "answered before");
    }
    state.person = **std::move(owner);
    return use(context, state, **passkey, *data);
}

/// nullopt: whose it is cannot sign in, or another person was asked. A key that was found by itself
/// says whose it is (WebAuthn section 7.2, step 6).
Result<std::optional<FoundUser>> PasskeyStep::ownerOf(const Context& context,
                                                      const LoginState& state,
                                                      const Assertion& answer,
                                                      const Passkey& passkey) const {
    using Owner = std::optional<FoundUser>;
    const auto& [store, id] = std::pair(passkey.store, passkey.userId);
    if (state.person && (state.person->store != store || state.person->user.id != id)) {
        return Owner();
    }
    auto user = host_->one<People>().find(context, Subject::person(store, id));
    if (!user || !*user) {
        return user ? Result<Owner>(Owner()) : user.error();
    }
    FoundUser found{store, **std::move(user)};
    const auto handle = passkeys_->handleOf(context, found);
    if (!handle) {
        return handle.error();
    }
    const bool isNamed = host_->crypto().equal(*handle, answer.userHandle);
    const bool isUnnamed = answer.userHandle.empty() && state.person;
    return isNamed || isUnnamed ? Owner(std::move(found)) : Owner();
}

PasskeyStep::Outcome PasskeyStep::use(const Context& context, LoginState& state,
                                      const Passkey& passkey, const AuthenticatorData& data) const {
    const auto isGood = passkeys_->use(context, passkey.credentialId, data);
    if (!isGood) {
        return isGood.error();
    }
    if (*isGood) {
        return StepOutcome::passed(provedBy(data));
    }
    tell(context, "passkey.refused", *state.person, state, passkey.name);
    return wrong(context, "removed meanwhile, or its count has gone back: there may be a copy");
}

PasskeyStep::Outcome PasskeyStep::wrong(const Context& context, std::string_view why) const {
    host_->log().write(context, Level::info, "passkey refused: " + std::string(why));
    return StepOutcome::again("passkey.wrong");
}

Result<StepOutcome> PasskeyStep::askNew(const Context& context, LoginState& state) const {
    const auto passkeys = passkeys_->of(context, *state.person);
    if (!passkeys) {
        return passkeys.error();
    }
    return passkeys->size() < Passkeys::mostOfOne ? askNewOne(context, state, *passkeys)
                                                  : StepOutcome::failed("passkey.many");
}

Result<StepOutcome> PasskeyStep::takeNew(const Context& context, LoginState& state,
                                         const Form& form) const {
    const auto challenge = Challenge::keptIn(state, host_->clock().now());
    const auto answer = Registration::read(form);
    if (!challenge || !answer) {
        return wrong(context, challenge ? "no answer of a browser" : "too late");
    }
    auto made = verify(*answer, asked(context, creating, *challenge, verification_));
    if (!made) {
        return wrong(context, made.error());
    }
    auto& passkey = made->passkey;
    passkey.name = form.text("name");
    if (passkey.name.empty() || !displayNameProblem(passkey.name).empty()) {
        return StepOutcome::again("passkey.name");
    }
    const auto isFirst = passkeys_->useUp(context, *challenge);
    if (!isFirst || !*isFirst) {
        return wrong(context, isFirst, "answered before");
    }
    passkey.added = host_->clock().now();
    passkey.store = state.person->store;
    passkey.userId = state.person->user.id;
    const auto isAdded = passkeys_->add(context, passkey);
    if (!isAdded || !*isAdded) {
        return wrong(context, isAdded, "somebody has it already");
    }
    tell(context, "passkey.added", *state.person, state, passkey.name);
    return StepOutcome::passed(provedBy(made->data));
}

void PasskeyStep::tell(const Context& context, std::string_view type, const FoundUser& person,
                       const LoginState& state, std::string_view name) const {
    const auto sub = host_->subjects().of(context, person.store, person.user.id);
    Event event;
    event.type = type;
    event.clientId = state.clientId;
    event.subject = sub ? *sub : std::string{};
    event.remoteAddress = state.remoteAddress;
    event.details = {{"login", person.user.login}, {"store", person.store}, {"name", name}};
    host_->events().publish(context, std::move(event));
}

Result<std::vector<Authenticator>> PasskeyStep::list(const Context& context,
                                                     const FoundUser& person) const {
    const auto passkeys = passkeys_->of(context, person);
    if (!passkeys) {
        return passkeys.error();
    }
    std::vector<Authenticator> all;
    for (const auto& one : *passkeys) {
        all.push_back({passkeys_->idOf(one.credentialId), one.name, one.added, one.used});
    }
    return all;
}

Result<bool> PasskeyStep::remove(const Context& context, const FoundUser& person,
                                 std::string_view id) const {
    return passkeys_->remove(context, person, id);
}

std::vector<OfferedCommand> PasskeyStep::commands() const {
    return passkeyCommands();
}

Result<Value> PasskeyStep::run(const Context& context, std::string_view name,
                               const GivenArguments& arguments) {
    return runPasskeyCommand(*host_, context, name, arguments.positional);
}

constexpr Field fields[] = {
    {"enrolment", Kind::text, byDefault("offered"),
     "who is known and has no passkey yet sets one up where one is asked for; offered: or later; "
     "by_account: only on the account page",
     oneOf("required|offered|by_account")},
    {"user_verification", Kind::text, byDefault(always),
     "whether a passkey after another step asks for a PIN, a finger or a face too; one that stands "
     "alone always does",
     oneOf("required|preferred|discouraged")},
    {"rp_id", Kind::text, optional,
     "the domain that passkeys are for, where an issuer's host is in it; the issuer's host when "
     "not set"},
};
constexpr const char* needs[] = {"people", "storage"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::PasskeyStep, "passkey", "0.1.0",
                 "Signs people in with passkeys (WebAuthn)", gatehouse::fields, gatehouse::needs)
