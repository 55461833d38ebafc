// SPDX-License-Identifier: Apache-2.0
#include "passwords/LoginName.h"

#include "text/Utf8.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* whatALoginIs =
    "a login is 1 to 255 bytes of UTF-8 without control characters";

std::string_view withoutBlanksAround(std::string_view text) {
    const auto first = std::min(text.find_first_not_of(' '), text.size());
    return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

}  // namespace

std::optional<std::string> trimmedLogin(std::string_view login) {
    login = withoutBlanksAround(login);
    const bool hasControl = std::any_of(login.begin(), login.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
    });
    if (login.empty() || login.size() > longestLogin || hasControl || !isUtf8(login)) {
        return std::nullopt;
    }
    return std::string(login);
}

std::variant<std::string, PrecisProblem> preparedLogin(std::string_view login) {
    const auto name = trimmedLogin(login);
    if (!name) {
        return PrecisProblem{0, whatALoginIs};
    }
    auto prepared = usernameCaseMapped(*name);
    if (auto* problem = std::get_if<PrecisProblem>(&prepared)) {
        problem->at += login.find_first_not_of(' ');
        problem->message.insert(0, "a login cannot hold ");
        return prepared;
    }
    // A wide blank has become one only now.
    std::string spelled(withoutBlanksAround(std::get<std::string>(prepared)));
    if (spelled.empty()) {
        return PrecisProblem{0, whatALoginIs};
    }
    return spelled;
}

std::optional<std::string> findableLogin(std::string_view login) {
    auto prepared = preparedLogin(login);
    auto* name = std::get_if<std::string>(&prepared);
    return name != nullptr ? std::optional(std::move(*name)) : std::nullopt;
}

std::optional<std::string> asciiLogin(std::string_view login) {
    auto name = trimmedLogin(login);
    if (name) {
        std::transform(name->begin(), name->end(), name->begin(), [](char letter) {
            return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        });
    }
    return name;
}

std::string spellingOf(std::string_view login) {
    const auto prepared = findableLogin(login);
    return prepared ? *prepared : asciiLogin(login).value_or(std::string(login));
}

std::string spellingInItsCase(std::string_view login) {
    return trimmedLogin(opaqueString(login)).value_or(std::string(login));
}

}  // namespace gatehouse
