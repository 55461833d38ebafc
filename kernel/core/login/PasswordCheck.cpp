// SPDX-License-Identifier: Apache-2.0
#include "login/PasswordCheck.h"

#include "login/GuessGuard.h"
#include "login/PersonDirectory.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::string_view passwordMethod = "pwd";  // RFC 8176 section 2
constexpr std::size_t longestLogin = 255;
constexpr std::size_t longestPassword = 1024;

/// The step by which a login asks for passwords.
std::string stepOf(Host& host) {
    for (const auto& [name, step] : host.all<LoginStep>()) {
        if (step->amr() == passwordMethod) {
            return name;
        }
    }
    return std::string(passwordMethod);
}

OAuthError tooMany(seconds wait) {
    return OAuthError::tooMany("Too many wrong answers, try again later", wait);
}

}  // namespace

PasswordCheck::PasswordCheck(Host& host, const PersonDirectory& people, const GuessGuard& guesses)
    : host_(host), people_(people), guesses_(guesses), step_(stepOf(host)) {}

Result<std::optional<FoundUser>, OAuthError> PasswordCheck::verify(const Context& context,
                                                                   const HttpRequest& http,
                                                                   std::string_view login,
                                                                   const Secret& password) const {
    const Guess guess = guesses_.guessOf(context, http, step_, login);
    if (const auto wait = guesses_.wait(context, guess)) {
        return tooMany(*wait);
    }
    const auto pass = guesses_.enter(guess);
    if (!pass) {
        return OAuthError::tooMany("Too many answers at once", seconds{1});
    }
    auto person = find(context, login, password);
    if (!person) {
        return OAuthError::from(person.error());
    }
    // While it was looked at, others may have been one too many.
    if (const auto wait = guesses_.wait(context, guess)) {
        return tooMany(*wait);
    }
    if (!*person) {
        Event event;
        event.details = {{"login", login.size() <= longestLogin ? login : std::string_view{}}};
        guesses_.failed(context, guess, std::move(event));
        return std::optional<FoundUser>();
    }
    const auto store = people_.store(context.issuer, (*person)->store);
    if ((*person)->user.needsNewPassword && store.plugin->editor() != nullptr) {
        return OAuthError::of(OAuthCode::interactionRequired,
                              "A new password has to be set at a login");
    }
    tell(context, http, **person);
    return *std::move(person);
}

/// Whom a command keeps out gets the answer to a wrong password.
Result<std::optional<FoundUser>> PasswordCheck::find(const Context& context, std::string_view login,
                                                     const Secret& password) const {
    const bool isUsable = !login.empty() && login.size() <= longestLogin && !password.empty() &&
                          password.view().size() <= longestPassword;  // RFC 4513 section 5.1.2
    if (!isUsable) {
        return std::optional<FoundUser>();
    }
    auto person = people_.findByPassword(context, login, password);
    if (!person || !*person) {
        return person;
    }
    const auto isOut = people_.isDisabled(context, **person);
    if (!isOut) {
        return isOut.error();
    }
    return *isOut ? std::optional<FoundUser>() : *std::move(person);
}

void PasswordCheck::tell(const Context& context, const HttpRequest& http,
                         const FoundUser& person) const {
    const auto sub = host_.subjects().of(context, person.store, person.user.id);
    Event event;
    event.type = "password.verified";
    event.subject = sub ? *sub : std::string{};
    event.remoteAddress = http.remoteAddress;
    event.details = {{"login", person.user.login}};
    host_.events().publish(context, std::move(event));
}

}  // namespace gatehouse
