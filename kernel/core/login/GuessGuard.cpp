// SPDX-License-Identifier: Apache-2.0
#include "login/GuessGuard.h"

#include "limit/Unlocks.h"
#include "login/PersonDirectory.h"

#include <utility>

namespace gatehouse {

Guess GuessGuard::guessOf(const Context& context, const HttpRequest& http, std::string_view step,
                          const Subject& person) const {
    Guess guess = guessOfAccount(context, http, step, accountKey(person.store, person.id));
    guess.person = person;
    return guess;
}

Guess GuessGuard::guessOf(const Context& context, const HttpRequest& http, std::string_view step,
                          std::string_view login) const {
    if (login.empty()) {
        return guessOfAccount(context, http, step, {});
    }
    const auto found = people_.findByLogin(context, login);
    if (found && *found) {
        return guessOf(context, http, step, Subject::person((*found)->store, (*found)->user.id));
    }
    return guessOfAccount(context, http, step, accountKey(people_.spelling(context.issuer, login)));
}

std::optional<seconds> GuessGuard::wait(const Context& context, const Guess& guess) const {
    return limits_.wait(context.issuer.id, guess);
}

std::optional<Admission::Pass> GuessGuard::enter(const Guess& guess) const {
    return admission_.enter(guess.account, guess.address);
}

void GuessGuard::failed(const Context& context, const Guess& guess, Event event) const {
    event.type = "login.failed";
    event.remoteAddress = guess.address;
    if (guess.person) {
        const auto sub = host_.subjects().of(context, guess.person->store, guess.person->id);
        event.subject = sub ? *sub : std::string{};
    }
    host_.events().publish(context, event);
    if (const auto reached = limits_.count(context, host_.records(), guess)) {
        event.type = "login.blocked";
        event.details.set("limit", reached->limit);
        event.details.set("seconds", reached->wait.count());
        host_.events().publish(context, std::move(event));
    }
}

Guess GuessGuard::guessOfAccount(const Context& context, const HttpRequest& http,
                                 std::string_view step, std::string account) const {
    Guess guess;
    guess.account = std::move(account);
    guess.address = http.remoteAddress;
    guess.step = step;
    guess.browser = browsers_.nameFor(context, http, guess.account);
    return guess;
}

}  // namespace gatehouse
