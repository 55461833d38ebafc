// SPDX-License-Identifier: Apache-2.0
#include "token/ResourcePolicy.h"

#include "text/Contains.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t most = 10;

/// RFC 3986 section 4.3, in the visible characters of a URI.
bool isAbsoluteUri(std::string_view text) {
    const auto colon = text.find(':');
    const auto isAlnum = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const bool hasScheme =
        colon != std::string_view::npos && colon > 0 && isAlnum(text.front()) &&
        (text.front() < '0' || text.front() > '9') &&
        std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                    [&](char c) { return isAlnum(c) || c == '+' || c == '-' || c == '.'; });
    return hasScheme && colon + 1 < text.size() &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return c > 0x20 && c < 0x7f &&
                      std::string_view("\"<>\\^`{|}#").find(c) == std::string_view::npos;
           });
}

}  // namespace

Result<std::vector<std::string>, OAuthError> requestedResources(const Form& form) {
    std::vector<std::string> resources;
    for (const auto& [name, value] : form.fields()) {
        if (name != "resource" || value.empty() || contains(resources, value)) {
            continue;
        }
        if (!isAbsoluteUri(value) || resources.size() == most) {
            return OAuthError::of(
                OAuthCode::invalidTarget,
                "A resource is not an absolute URI without fragment, or there are too many");
        }
        resources.push_back(value);
    }
    return resources;
}

std::optional<std::vector<std::string>> narrowedAudience(const std::vector<std::string>& granted,
                                                         const std::vector<std::string>& wanted) {
    if (wanted.empty()) {
        return granted;
    }
    const bool isWithin = std::all_of(wanted.begin(), wanted.end(),
                                      [&](const auto& each) { return contains(granted, each); });
    return isWithin ? std::optional(wanted) : std::nullopt;
}

}  // namespace gatehouse
