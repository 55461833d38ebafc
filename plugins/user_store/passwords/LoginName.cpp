// SPDX-License-Identifier: Apache-2.0
#include "passwords/LoginName.h"

#include "text/Utf8.h"

#include <algorithm>

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

std::optional<std::string> normalizedLogin(std::string_view login) {
    auto name = trimmedLogin(login);
    if (name) {
        std::transform(name->begin(), name->end(), name->begin(), [](char letter) {
            return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        });
    }
    return name;
}

}  // namespace gatehouse
