// SPDX-License-Identifier: Apache-2.0
#include "UpstreamPerson.h"

#include "json/Members.h"
#include "text/Contains.h"
#include "text/DisplayName.h"

#include <algorithm>
#include <cstddef>

namespace gatehouse {

namespace {

constexpr std::size_t longestSub = 255;
constexpr std::size_t longestEmail = 254;  // RFC 5321 section 4.5.3.1.3

/// A text, or a number, as some count their people.
std::string idIn(const ValueMap& told, const std::string& name) {
    const Value* value = told.find(name);
    if (value != nullptr && value->integer() != nullptr) {
        return std::to_string(*value->integer());
    }
    const auto text = told.text(name);
    return text.size() <= longestSub ? std::string(text) : std::string();
}

std::string shownIn(const ValueMap& told, const std::string& name) {
    const auto text = told.text(name);
    return displayNameProblem(text).empty() ? std::string(text) : std::string();
}

}  // namespace

std::optional<UpstreamPerson> UpstreamPerson::in(const ValueMap& told,
                                                 const UpstreamSettings& settings) {
    UpstreamPerson person;
    person.sub = idIn(told, settings.nameOf("sub"));
    person.login = shownIn(told, settings.nameOf("preferred_username"));
    person.name = shownIn(told, settings.nameOf("name"));
    const auto email = told.text(settings.nameOf("email"));
    if (isEmailAddress(email)) {
        person.email = email;
        person.isEmailVerified = isTrue(told, settings.nameOf("email_verified"));
    }
    return person.sub.empty() ? std::nullopt : std::optional(std::move(person));
}

bool saysAll(const ValueMap& told, const ValueMap& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const Member& member) {
        const auto said = textsOf(told.find(member.name));
        const auto choices = textsOf(&member.value);
        return std::any_of(said.begin(), said.end(),
                           [&](const std::string& one) { return contains(choices, one); });
    });
}

std::string primaryEmail(const Value& list) {
    if (list.list() == nullptr) {
        return {};
    }
    for (const auto& entry : *list.list()) {
        const auto* address = entry.map();
        if (address != nullptr && isTrue(*address, "primary") && isTrue(*address, "verified")) {
            return std::string(address->text("email"));
        }
    }
    return {};
}

bool isEmailAddress(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at < text.size() - 1 &&
           text.find('@', at + 1) == std::string_view::npos && text.size() <= longestEmail &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace gatehouse
