// SPDX-License-Identifier: Apache-2.0
#include "config/Masking.h"

#include "text/Lower.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

bool isSecretName(std::string_view name) {
    constexpr std::array<std::string_view, 7> parts{"pass", "pwd",  "secret", "token",
                                                    "key",  "auth", "cookie"};
    const auto small = lowered(name);
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
        return small.find(part) != std::string::npos;
    });
}

/// The last '@' ends the password: one that should have been percent-encoded must not slip through.
std::string maskedStart(std::string_view start) {
    const std::size_t at = start.rfind('@');
    if (at == std::string_view::npos) {
        return std::string(start);
    }
    const std::size_t scheme = start.find("://");
    const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t colon = start.find(':', host);
    if (colon == std::string_view::npos || colon > at) {
        return std::string(start);
    }
    return std::string(start.substr(0, colon + 1)) + std::string(mask) +
           std::string(start.substr(at));
}

std::string maskedQuery(std::string_view query) {
    std::string shown;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        const std::size_t equals = pair.find('=');
        const bool hides = equals != std::string_view::npos && isSecretName(pair.substr(0, equals));
        shown +=
            hides ? std::string(pair.substr(0, equals + 1)) + std::string(mask) : std::string(pair);
        query.remove_prefix(pair.size());
        if (!query.empty()) {
            shown += '&';
            query.remove_prefix(1);
        }
    }
    return shown;
}

Value maskedValue(const Value& value) {
    if (const ValueMap* map = value.map()) {
        return maskedMap(*map);
    }
    const ValueList* list = value.list();
    if (list == nullptr) {
        return value;
    }
    ValueList masked;
    for (const auto& item : *list) {
        masked.push_back(maskedValue(item));
    }
    return masked;
}

}  // namespace

std::string maskedUrl(std::string_view url) {
    // A '?' in a password that is not percent-encoded would otherwise end the part that is masked.
    const std::size_t at = url.rfind('@');
    const std::size_t question = url.find('?', at == std::string_view::npos ? 0 : at);
    const std::string start = maskedStart(url.substr(0, question));
    return question == std::string_view::npos ? start
                                              : start + "?" + maskedQuery(url.substr(question + 1));
}

ValueMap maskedMap(const ValueMap& map) {
    ValueMap masked;
    for (const auto& [name, value] : map) {
        masked.set(name, isSecretName(name) ? Value(mask) : maskedValue(value));
    }
    return masked;
}

}  // namespace gatehouse
