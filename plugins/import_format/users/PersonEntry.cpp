// SPDX-License-Identifier: Apache-2.0
#include "PersonEntry.h"

#include "TotpText.h"
#include "json/Members.h"
#include "text/Contains.h"
#include "text/Utf8.h"

#include <optional>

namespace gatehouse {

namespace {

constexpr std::string_view own[] = {"login",         "id",   "password_hash",     "disabled",
                                    "second_factor", "totp", "needs_new_password"};

/// true, false or their texts; nothing is false. nullopt: neither.
std::optional<bool> flagOf(const ValueMap& entry, std::string_view name) {
    const Value* value = entry.find(name);
    if (value == nullptr || value->isNull()) {
        return false;
    }
    if (value->boolean() != nullptr) {
        return *value->boolean();
    }
    const auto text = entry.text(name);
    if (text == "true" || text == "yes" || text == "1") {
        return true;
    }
    const bool isText = value->text() != nullptr;
    return isText && (text.empty() || text == "false" || text == "no" || text == "0")
               ? std::optional(false)
               : std::nullopt;
}

/// What must not be taken for nothing.
bool isTextOrNothing(const ValueMap& entry, std::string_view name) {
    const Value* value = entry.find(name);
    return value == nullptr || value->isNull() || value->text() != nullptr;
}

bool isGoodText(std::string_view text) {
    return isUtf8(text) && text.find('\0') == std::string_view::npos;
}

Status checkTexts(const ValueMap& entry) {
    for (const auto& [name, value] : entry) {
        if (!isGoodText(name) || (value.text() != nullptr && !isGoodText(*value.text()))) {
            return Error::badInput("is not UTF-8, or has NUL in a text");
        }
    }
    for (const auto* name : {"login", "id", "password_hash", "totp"}) {
        if (!isTextOrNothing(entry, name)) {
            return Error::badInput(std::string("has a ") + name + " that is no text");
        }
    }
    return entry.text("login").empty() ? Status(Error::badInput("has no login")) : done();
}

}  // namespace

Result<ForeignPerson> personFrom(const ValueMap& entry) {
    if (auto checked = checkTexts(entry); !checked) {
        return checked.error();
    }
    const auto isDisabled = flagOf(entry, "disabled");
    const auto hasSecondFactor = flagOf(entry, "second_factor");
    const auto needsNewPassword = flagOf(entry, "needs_new_password");
    if (!isDisabled || !hasSecondFactor || !needsNewPassword) {
        return Error::badInput("has disabled, second_factor or needs_new_password that is neither "
                               "true nor false");
    }
    ForeignPerson person;
    auto& user = person.newcomer.user;
    user.login = entry.text("login");
    user.id = entry.text("id").empty() ? "" : idOfSubject(entry.text("id"));
    user.isDisabled = *isDisabled;
    user.needsNewPassword = *needsNewPassword;
    person.newcomer.passwordHash = entry.text("password_hash");
    if (*hasSecondFactor) {
        person.secondFactors.emplace_back("second_factor");
    }
    if (const auto totp = entry.text("totp"); !totp.empty()) {
        auto key = totpKeyFrom(totp);
        if (!key) {
            return Error::badInput("has totp that is neither base32 nor an otpauth://totp/ link");
        }
        person.totpKeys.push_back(*std::move(key));
    }
    for (const auto& [name, value] : entry) {
        if (!contains(own, name)) {
            user.claims.set(name, value);
        }
    }
    return person;
}

}  // namespace gatehouse
