// SPDX-License-Identifier: Apache-2.0
#include "text/WebHost.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string>

namespace gatehouse {

namespace {

constexpr std::size_t longestName = 253;
constexpr std::size_t longestLabel = 63;

bool isDigit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool areDigits(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

bool isAddress(int family, std::string_view text) noexcept {
    std::array<char, sizeof(in6_addr)> bytes{};
    return text.size() < INET6_ADDRSTRLEN &&
           inet_pton(family, std::string(text).c_str(), bytes.data()) == 1;
}

bool isLabel(std::string_view label) noexcept {
    return !label.empty() && label.size() <= longestLabel && label.front() != '-' &&
           label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '-' ||
                      c == '_';
           });
}

}  // namespace

std::pair<std::string_view, std::optional<std::string_view>>
splitAuthority(std::string_view authority) noexcept {
    const bool isBracketed = !authority.empty() && authority.front() == '[';
    const auto end = isBracketed ? authority.find(']') : 0;
    const auto colon = authority.find(':', end == std::string_view::npos ? authority.size() : end);
    if (colon == std::string_view::npos) {
        return {authority, std::nullopt};
    }
    return {authority.substr(0, colon), authority.substr(colon + 1)};
}

bool isWebHost(std::string_view host) noexcept {
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        return isAddress(AF_INET6, host.substr(1, host.size() - 2));
    }
    std::string_view rest = host;
    std::string_view label;
    do {
        const auto dot = rest.find('.');
        label = rest.substr(0, dot);
        if (!isLabel(label)) {
            return false;
        }
        rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
        if (dot != std::string_view::npos && rest.empty()) {
            return false;
        }
    } while (!rest.empty());
    return host.size() <= longestName && (!areDigits(label) || isAddress(AF_INET, host));
}

bool isWebPort(std::string_view port) noexcept {
    return areDigits(port) && port.size() <= 5 && port.front() != '0' &&
           std::stoul(std::string(port)) <= 65535;
}

}  // namespace gatehouse
