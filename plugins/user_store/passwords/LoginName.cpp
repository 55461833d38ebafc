// SPDX-License-Identifier: Apache-2.0
#include "passwords/LoginName.h"

#include "text/Utf8.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

std::optional<std::string> trimmedLogin(std::string_view login) {
    const auto first = login.find_first_not_of(' ');
    if (first == std::string_view::npos) {
        return std::nullopt;
    }
    login = login.substr(first, login.find_last_not_of(' ') - first + 1);
    const bool hasControl = std::any_of(login.begin(), login.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
    });
    if (login.size() > longestLogin || hasControl || !isUtf8(login)) {
        return std::nullopt;
    }
    return std::string(login);
}

std::variant<std::string, PrecisProblem> preparedLogin(std::string_view login) {
    const auto name = trimmedLogin(login);
    if (!name) {
        return PrecisProblem{0, "a login is 1 to 255 bytes of UTF-8 without control characters"};
    }
    auto prepared = usernameCaseMapped(*name);
    if (auto* problem = std::get_if<PrecisProblem>(&prepared)) {
        problem->at += login.find_first_not_of(' ');
        problem->message.insert(0, "a login cannot hold ");
    }
    return prepared;
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

}  // namespace gatehouse
