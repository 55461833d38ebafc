// SPDX-License-Identifier: Apache-2.0
#include "AuthenticationRequest.h"

#include "CibaMembers.h"
#include "text/Contains.h"
#include "text/DisplayName.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::array<std::string_view, 3> hints{"login_hint", "id_token_hint", "login_hint_token"};
constexpr std::size_t longestNotificationToken = 1024;  // section 7.1
constexpr std::int64_t longestWish = 1'000'000'000;

OAuthError invalid(std::string_view description) {
    return OAuthError::of(OAuthCode::invalidRequest, description);
}

std::optional<OAuthError> hintProblem(const Form& form) {
    const auto given = std::count_if(hints.begin(), hints.end(),
                                     [&](std::string_view hint) { return form.has(hint); });
    if (given != 1) {
        return invalid("Exactly one of login_hint, id_token_hint and login_hint_token is needed");
    }
    return form.has("login_hint_token")
               ? std::optional(invalid("A login_hint_token is not supported"))
               : std::nullopt;
}

/// RFC 6750 section 2.1: it goes back in a header.
bool isBearerToken(std::string_view text) {
    constexpr std::string_view others = "-._~+/";
    const auto end = std::min(text.find('='), text.size());
    const auto isOne = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string_view::npos;
    };
    return end > 0 && text.size() <= longestNotificationToken &&
           std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), isOne) &&
           text.find_first_not_of('=', end) == std::string_view::npos;
}

std::optional<seconds> wishOf(std::string_view text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, number);
    const bool isGood = problem == std::errc() && stop == end && number > 0 && number < longestWish;
    return isGood ? std::optional(seconds{number}) : std::nullopt;
}

/// What goes on to the rules of every authorization request; whoever is asked is asked each time.
Form parametersOf(const Form& form) {
    constexpr std::array<std::string_view, 8> others{"id_token_hint",
                                                     "login_hint_token",
                                                     "client_notification_token",
                                                     "binding_message",
                                                     "user_code",
                                                     "requested_expiry",
                                                     "request",
                                                     "prompt"};
    std::vector<Form::Field> fields;
    for (const auto& field : form.fields()) {
        if (!contains(others, field.first)) {
            fields.push_back(field);
        }
    }
    fields.emplace_back("prompt", "consent");
    return Form(std::move(fields));
}

}  // namespace

Result<AuthenticationRequest, OAuthError> AuthenticationRequest::read(const Form& form,
                                                                      const Client& client) {
    if (auto problem = hintProblem(form)) {
        return *std::move(problem);
    }
    if (!ScopeSet::parse(form.text("scope")).contains("openid")) {
        return OAuthError::of(OAuthCode::invalidScope, "The scope has to hold openid");
    }
    AuthenticationRequest request;
    request.loginHint = form.text("login_hint");
    request.idTokenHint = form.text("id_token_hint");
    request.bindingMessage = form.text("binding_message");
    if (!displayNameProblem(request.bindingMessage).empty()) {
        return OAuthError::of("invalid_binding_message",
                              "The binding_message is too long, or has characters nobody can see");
    }
    if (form.has("requested_expiry")) {
        request.wishedLifetime = wishOf(form.text("requested_expiry"));
        if (!request.wishedLifetime) {
            return invalid("The requested_expiry is not a number of seconds");
        }
    }
    if (isPinged(client)) {
        request.notificationToken = Secret(form.text("client_notification_token"));
        if (!isBearerToken(request.notificationToken.view())) {
            return invalid("The client_notification_token is missing or malformed");
        }
    }
    request.parameters = parametersOf(form);
    return request;
}

}  // namespace gatehouse
