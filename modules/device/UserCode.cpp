// SPDX-License-Identifier: Apache-2.0
#include "UserCode.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view letters = "BCDFGHJKLMNPQRSTVWXZ";
constexpr std::size_t length = 8;
constexpr std::size_t half = length / 2;
constexpr std::size_t longestTyped = 32;

bool isBetween(char c) {
    constexpr std::string_view ignored = " -._\t";
    return ignored.find(c) != std::string_view::npos;
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::string newUserCode(Random& random) {
    // Bytes above the last whole multiple would make some letters likelier.
    constexpr std::size_t fair = 256 / letters.size() * letters.size();
    std::string code;
    while (code.size() < length) {
        for (const char byte : random.bytes(length)) {
            const auto number = static_cast<unsigned char>(byte);
            if (number < fair && code.size() < length) {
                code.push_back(letters[number % letters.size()]);
            }
        }
    }
    return code;
}

std::string shownUserCode(std::string_view code) {
    return std::string(code.substr(0, half)).append("-").append(code.substr(half));
}

std::optional<std::string> userCodeFrom(std::string_view typed) {
    if (typed.size() > longestTyped) {
        return std::nullopt;
    }
    std::string code;
    for (const char c : typed) {
        if (!isBetween(c)) {
            code.push_back(upper(c));
        }
    }
    const bool isCode = code.size() == length && std::all_of(code.begin(), code.end(), [](char c) {
                            return letters.find(c) != std::string_view::npos;
                        });
    return isCode ? std::optional(std::move(code)) : std::nullopt;
}

}  // namespace gatehouse
