// SPDX-License-Identifier: Apache-2.0
#include "login/PasswordCheck.h"

#include "login/BrowserWords.h"
#include "login/GuessGuard.h"
#include "login/PersonDirectory.h"

#include <utility>

namespace gatehouse {

namespace {

OAuthError tooMany(seconds wait) {
    return OAuthError::tooMany("Too many wrong answers, try again later", wait);
}

}  // namespace

Result<std::optional<FoundUser>, OAuthError>
PasswordCheck::verify(const Context& context, const HttpRequest& http, std::string_view login,
                      const Secret& password, std::string_view by) const {
    const Guess guess = guesses_.guessOf(context, http, GuessGuard::passwords, login);
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
        event.details = {
            {"login", login.size() <= PersonDirectory::longestLogin ? login : std::string_view{}},
            {"by", by}};
        tellBrowser(http, event.details);
        guesses_.failed(context, guess, std::move(event));
        return std::optional<FoundUser>();
    }
    const auto store = people_.store(context.issuer, (*person)->store);
    if ((*person)->user.needsNewPassword && store.plugin->editor() != nullptr) {
        tell(context, http, **person, {{"by", by}, {"needs_new_password", true}});
        return OAuthError::of(OAuthCode::interactionRequired,
                              "A new password has to be set at a login");
    }
    tell(context, http, **person, {{"by", by}});
    return *std::move(person);
}

/// Whom a command keeps out gets the answer to a wrong password.
Result<std::optional<FoundUser>> PasswordCheck::find(const Context& context, std::string_view login,
                                                     const Secret& password) const {
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

void PasswordCheck::tell(const Context& context, const HttpRequest& http, const FoundUser& person,
                         ValueMap details) const {
    const auto sub = host_.subjects().of(context, person.store, person.user.id);
    Event event;
    event.type = "password.verified";
    event.subject = sub ? *sub : std::string{};
    event.remoteAddress = http.remoteAddress;
    event.details = std::move(details);
    event.details.set("login", person.user.login);
    host_.events().publish(context, std::move(event));
}

}  // namespace gatehouse
