// SPDX-License-Identifier: Apache-2.0
#include "DetailReader.h"

#include "Items.h"
#include "Visible.h"
#include "json/Json.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longest = 16384;
constexpr std::size_t most = 16;
constexpr std::size_t deepest = 6;
constexpr std::size_t longestName = 64;

bool isName(std::string_view name) {
    return !name.empty() && name.size() <= longestName &&
           std::all_of(name.begin(), name.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// What is wrong with what a person could not read; empty: nothing.
std::string_view unreadable(const Value& value, std::size_t levels);

std::string_view firstUnreadable(const Value& nested, std::size_t levels) {
    for (const auto& item : itemsOf(nested)) {
        if (const auto why = unreadable(item, levels); !why.empty()) {
            return why;
        }
    }
    for (const auto& [name, member] : membersOf(nested)) {
        if (!isName(name)) {
            return "The authorization_details have a member whose name is not printable ASCII";
        }
        if (const auto why = unreadable(member, levels); !why.empty()) {
            return why;
        }
    }
    return {};
}

std::string_view unreadable(const Value& value, std::size_t levels) {
    if (value.text() != nullptr && !isAllVisible(*value.text())) {
        return "The authorization_details have a text with characters that are not seen";
    }
    const bool isNested = value.map() != nullptr || value.list() != nullptr;
    return isNested && levels == deepest ? "The authorization_details are nested too deeply"
                                         : firstUnreadable(value, levels + 1);
}

}  // namespace

OAuthError invalidDetails(std::string_view description, std::string detail) {
    return OAuthError::of("invalid_authorization_details", description, std::move(detail));
}

Result<std::vector<ValueMap>, OAuthError> readDetails(std::string_view parameter) {
    if (parameter.size() > longest) {
        return invalidDetails("The authorization_details are too long",
                              std::to_string(parameter.size()) + " bytes, of at most " +
                                  std::to_string(longest));
    }
    auto value = parseJson(parameter);
    if (!value || value->list() == nullptr || value->list()->empty()) {
        return invalidDetails("The authorization_details are not a JSON array of objects",
                              "readable up to byte " + std::to_string(readableJson(parameter)));
    }
    if (value->list()->size() > most) {
        return invalidDetails("There are too many authorization_details");
    }
    std::vector<ValueMap> details;
    for (auto& item : *value->list()) {
        if (item.map() == nullptr || item.map()->text("type").empty()) {
            return invalidDetails("Each of the authorization_details is an object with a type");
        }
        if (const auto why = unreadable(item, 0); !why.empty()) {
            return invalidDetails(why);
        }
        details.push_back(std::move(*item.map()));
    }
    return details;
}

}  // namespace gatehouse
