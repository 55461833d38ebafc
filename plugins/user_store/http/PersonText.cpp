// SPDX-License-Identifier: Apache-2.0
#include "PersonText.h"

#include "json/Json.h"
#include "passwords/LoginName.h"
#include "text/Printable.h"

#include <string>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longestId = 255;

Error wrong(const std::string& what) {
    return Error::unavailable("answered wrongly: " + what);
}

bool isId(std::string_view text) {
    return !text.empty() && text.size() <= longestId && !hasControl(text);
}

bool isBoolean(const Value* value) {
    return value == nullptr || value->boolean() != nullptr;
}

std::string strangerAmong(const ValueMap& person) {
    for (const auto& member : person) {
        const bool isKnown = member.name == "id" || member.name == "login" ||
                             member.name == "disabled" || member.name == "claims";
        if (!isKnown) {
            return member.name;
        }
    }
    return {};
}

Result<ValueMap> claimsFrom(const ValueMap& told) {
    ValueMap claims;
    for (const auto& claim : told) {
        if (isServersClaim(claim.name)) {
            return wrong("the claim " + claim.name + " is the server's to say");
        }
        if (!claim.value.isNull() && claim.value != Value("")) {
            claims.set(claim.name, claim.value);
        }
    }
    for (const auto& [verified, what] : {std::pair{"email_verified", "email"},
                                         std::pair{"phone_number_verified", "phone_number"}}) {
        if (!isBoolean(claims.find(verified))) {
            return wrong(std::string(verified) + " is neither true nor false");
        }
        if (!claims.contains(what)) {
            claims.erase(verified);
        }
    }
    return claims;
}

Result<std::optional<User>> userFrom(const ValueMap& person) {
    User user;
    user.id = person.text("id");
    user.login = person.text("login");
    const Value* disabled = person.find("disabled");
    const Value* told = person.find("claims");
    if (const auto stranger = strangerAmong(person); !stranger.empty()) {
        return wrong("nothing is known of a member " + printable(stranger));
    }
    if (!isId(user.id)) {
        return wrong("id is no text of 1 to 255 bytes without control characters");
    }
    if (trimmedLogin(user.login) != user.login) {
        return wrong("login is no text of 1 to 255 bytes without control characters or blanks "
                     "around it");
    }
    if (!isBoolean(disabled)) {
        return wrong("disabled is neither true nor false");
    }
    if (told != nullptr && told->map() == nullptr) {
        return wrong("claims is no object");
    }
    auto claims = claimsFrom(told == nullptr ? ValueMap{} : *told->map());
    if (!claims) {
        return claims.error();
    }
    user.isDisabled = disabled != nullptr && *disabled->boolean();
    user.claims = *std::move(claims);
    return std::optional(std::move(user));
}

}  // namespace

Result<std::optional<User>> personFrom(std::string_view text) {
    const auto value = parseJson(text);
    const auto* answer = value ? value->map() : nullptr;
    const Value* person = answer != nullptr ? answer->find("person") : nullptr;
    if (person == nullptr || answer->size() != 1) {
        return wrong("it is not {\"person\": ...} in JSON");
    }
    if (person->isNull()) {
        return std::optional<User>{};
    }
    return person->map() != nullptr ? userFrom(*person->map())
                                    : wrong("person is neither an object nor null");
}

}  // namespace gatehouse
