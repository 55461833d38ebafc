// SPDX-License-Identifier: Apache-2.0
#include "NewPerson.h"

#include "text/DisplayName.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace gatehouse {

namespace {

constexpr std::size_t longestLogin = 255;
constexpr std::size_t longestPassword = 1024;

std::string_view withoutBlanksAround(std::string_view text) {
    const auto first = std::min(text.find_first_not_of(' '), text.size());
    return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

bool isSeen(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char letter) {
        return static_cast<unsigned char>(letter) <= 0x20 || letter == 0x7F;
    });
}

/// Something before an @, and something after it. Whether letters arrive there nobody knows.
bool isAddress(std::string_view text) {
    const auto at = text.find('@');
    return at > 0 && at < text.size() - 1 && text.find('@', at + 1) == std::string_view::npos;
}

/// A name of somebody's choice that looks like an address would be taken for one that is theirs.
bool isLogin(std::string_view login, LoginForm kind) {
    const bool fits =
        kind == LoginForm::email ? isAddress(login) : login.find('@') == std::string_view::npos;
    return fits && login.size() <= longestLogin && isSeen(login);
}

std::string problemOf(const NewPerson& person, std::string_view again, LoginForm kind) {
    const auto password = person.password.view();
    if (person.user.login.empty() || person.user.claims.text("name").empty() || password.empty()) {
        return "signup.incomplete";
    }
    if (!isLogin(person.user.login, kind)) {
        return kind == LoginForm::email ? "signup.no_address" : "signup.no_login";
    }
    if (!displayNameProblem(person.user.claims.text("name")).empty()) {
        return "signup.no_name";
    }
    if (password.size() > longestPassword) {
        return "signup.refused";
    }
    return password == again ? "" : "signup.differs";
}

}  // namespace

NewPerson NewPerson::in(const Form& form, LoginForm kind, const std::string& confirmed) {
    NewPerson person;
    person.user.login = confirmed.empty() ? withoutBlanksAround(form.text("username")) : confirmed;
    person.user.claims.set("name", std::string(withoutBlanksAround(form.text("name"))));
    if (kind == LoginForm::email) {
        person.user.claims.set("email", person.user.login);
        person.user.claims.set("email_verified", !confirmed.empty());
    }
    person.password = Secret(form.text("password"));
    person.problem = problemOf(person, form.text("password_again"), kind);
    return person;
}

ValueMap NewPerson::shown() const {
    ValueMap shown;
    if (!problem.empty()) {
        shown.set("problem", problem);
    }
    if (user.login.size() <= longestLogin) {
        shown.set("login", user.login);
    }
    if (const auto name = user.claims.text("name"); displayNameProblem(name).empty()) {
        shown.set("name", std::string(name));
    }
    return shown;
}

}  // namespace gatehouse
