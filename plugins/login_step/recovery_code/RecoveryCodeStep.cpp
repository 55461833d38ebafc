// SPDX-License-Identifier: Apache-2.0
#include "RecoveryCodeStep.h"

#include "json/Members.h"

#include <utility>

namespace gatehouse {

namespace {

/// The id of the one set that a person can have.
constexpr std::string_view theSet = "codes";

// What is kept of codes that are shown and not confirmed yet: they, and in place of which set.
constexpr const char* newCodes = "new_codes";
constexpr const char* insteadOf = "instead_of";

}  // namespace

Status RecoveryCodeStep::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    codes_.emplace(host);
    return done();
}

/// What cannot be looked up now is asked for, so that nobody does without.
Need RecoveryCodeStep::needed(const Context& context, const LoginState& state) const {
    if (!state.person) {
        return Need::unable;
    }
    const auto set = codes_->find(context, *state.person);
    return set && (!*set || (*set)->hashes.empty()) ? Need::unable : Need::yes;
}

Result<StepOutcome> RecoveryCodeStep::ask(const Context& /*context*/, LoginState& /*state*/) const {
    return StepOutcome::show({"recovery_code", {}});
}

Result<StepOutcome> RecoveryCodeStep::answer(const Context& context, LoginState& state,
                                             const Form& form) const {
    const auto left = codes_->useUp(context, *state.person, typedRecoveryCode(form.text("code")));
    if (!left) {
        return left.error();
    }
    if (!*left) {
        return StepOutcome::again("recovery_code.wrong");
    }
    auto event = eventOf(context, state, "recovery_code.used");
    event.details.set("left", static_cast<std::int64_t>(**left));
    host_->events().publish(context, std::move(event));
    return StepOutcome::passed();
}

Result<Value> RecoveryCodeStep::run(const Context& context, std::string_view name,
                                    const GivenArguments& arguments) {
    return runRecoveryCommand(*host_, context, name, arguments.positional.front());
}

Result<std::vector<Authenticator>> RecoveryCodeStep::list(const Context& context,
                                                          const FoundUser& person) const {
    const auto set = codes_->find(context, person);
    if (!set) {
        return set.error();
    }
    std::vector<Authenticator> all;
    if (*set) {
        Authenticator codes;
        codes.id = theSet;
        codes.added = (*set)->made;
        codes.left = static_cast<int>((*set)->hashes.size());
        all.push_back(std::move(codes));
    }
    return all;
}

Result<StepOutcome> RecoveryCodeStep::askNew(const Context& context, LoginState& state) const {
    if (!state.kept.contains(newCodes)) {
        const auto before = codes_->find(context, *state.person);
        if (!before) {
            return before.error();
        }
        const auto codes = newRecoveryCodes(host_->random());
        state.kept.set(newCodes, listOfTexts(codes));
        state.kept.set(insteadOf, static_cast<std::int64_t>(*before ? (*before)->version : 0));
    }
    ValueMap values{{"codes", *state.kept.find(newCodes)},
                    {"replaces", numberOf(state.kept, insteadOf) > 0}};
    return StepOutcome::show({"recovery_codes", std::move(values)});
}

/// What another set came before is shown anew.
Result<StepOutcome> RecoveryCodeStep::takeNew(const Context& context, LoginState& state,
                                              const Form& /*form*/) const {
    const auto codes = textsOf(state.kept.find(newCodes));
    const auto version = static_cast<std::uint64_t>(numberOf(state.kept, insteadOf));
    const auto isKept =
        codes.empty() ? Result<bool>(false) : codes_->keep(context, *state.person, codes, version);
    if (!isKept) {
        return isKept.error();
    }
    if (!*isKept) {
        state.kept = {};
        return StepOutcome::again();
    }
    host_->events().publish(context, eventOf(context, state, "recovery_code.enrolled"));
    return StepOutcome::passed();
}

Result<bool> RecoveryCodeStep::remove(const Context& context, const FoundUser& person,
                                      std::string_view id) const {
    return id == theSet ? codes_->remove(context, person) : Result<bool>(false);
}

Event RecoveryCodeStep::eventOf(const Context& context, const LoginState& state,
                                std::string_view type) const {
    const auto sub = host_->subjects().of(context, state.person->store, state.person->user.id);
    Event event;
    event.type = type;
    event.clientId = state.clientId;
    event.subject = sub ? *sub : std::string{};
    event.remoteAddress = state.remoteAddress;
    event.details = {{"login", state.person->user.login}, {"store", state.person->store}};
    return event;
}

constexpr const char* needs[] = {"people", "storage"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::RecoveryCodeStep, "recovery_code", "0.1.0",
                 "Asks for a code that was written down for the day when all else is lost",
                 gatehouse::needs)
