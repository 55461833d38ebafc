// SPDX-License-Identifier: Apache-2.0
#include "PersonRow.h"

#include "passwords/LoginName.h"
#include "text/Utf8.h"

#include <array>

namespace gatehouse {

namespace {

constexpr std::array<std::string_view, 4> ownColumns{"id", "login", "password", "disabled"};

bool isOwn(std::string_view column) {
    for (const auto& own : ownColumns) {
        if (own == column) {
            return true;
        }
    }
    return false;
}

/// Empty texts are no claims, nor are bytes.
bool isTold(const Value& value) {
    return !value.isNull() &&
           (value.text() == nullptr || (!value.text()->empty() && isUtf8(*value.text())));
}

ValueMap claimsOf(const ValueMap& row) {
    ValueMap claims;
    for (const auto& column : row) {
        if (isOwn(column.name) || !isTold(column.value)) {
            continue;
        }
        const bool isYesOrNo =
            column.name == "email_verified" || column.name == "phone_number_verified";
        claims.set(column.name, isYesOrNo ? Value(saysYes(column.value)) : column.value);
    }
    if (!claims.contains("email")) {
        claims.erase("email_verified");
    }
    if (!claims.contains("phone_number")) {
        claims.erase("phone_number_verified");
    }
    return claims;
}

std::string columnText(const ValueMap& row, std::string_view name) {
    const Value* value = row.find(name);
    return value != nullptr ? textOf(*value) : std::string{};
}

}  // namespace

std::optional<SqlPerson> personOf(const ValueMap& row) {
    SqlPerson person;
    person.user.id = columnText(row, "id");
    person.user.login = columnText(row, "login");
    person.hash = columnText(row, "password");
    const Value* disabled = row.find("disabled");
    person.user.isDisabled = disabled != nullptr && saysYes(*disabled);
    person.user.claims = claimsOf(row);
    const bool isSomebody = !person.user.id.empty() && isUtf8(person.user.id) &&
                            person.user.id.find('\0') == std::string::npos &&
                            trimmedLogin(person.user.login);
    return isSomebody ? std::optional(std::move(person)) : std::nullopt;
}

bool saysYes(const Value& value) {
    constexpr std::array<std::string_view, 6> no{"", "0", "f", "false", "n", "no"};
    const std::string text = textOf(value);
    for (const auto& each : no) {
        if (text == each) {
            return false;
        }
    }
    return true;
}

std::string textOf(const Value& value) {
    if (value.text() != nullptr) {
        return *value.text();
    }
    if (value.boolean() != nullptr) {
        return *value.boolean() ? "true" : "false";
    }
    if (value.integer() != nullptr) {
        return std::to_string(*value.integer());
    }
    return value.real() != nullptr ? std::to_string(*value.real()) : std::string{};
}

}  // namespace gatehouse
