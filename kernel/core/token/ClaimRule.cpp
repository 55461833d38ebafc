// SPDX-License-Identifier: Apache-2.0
#include "token/ClaimRule.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

bool isNonEmptyText(const Value& value) {
    return value.text() != nullptr && !value.text()->empty();
}

bool isUrl(const Value& value) {
    const std::string_view text = value.text() != nullptr ? *value.text() : std::string_view{};
    const auto scheme = text.rfind("https://", 0) == 0  ? 8U
                        : text.rfind("http://", 0) == 0 ? 7U
                                                        : 0U;
    return scheme > 0 && text.size() > scheme && text.find(' ') == std::string_view::npos;
}

/// The shape of RFC 5322 section 3.4.1 that mail servers agree on.
bool isEmail(const Value& value) {
    const std::string_view text = value.text() != nullptr ? *value.text() : std::string_view{};
    const auto at = text.rfind('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find(' ') == std::string_view::npos;
}

int numberAt(std::string_view text, std::size_t from, std::size_t length) {
    int number = 0;
    for (const char digit : text.substr(from, length)) {
        number = number * 10 + (digit - '0');
    }
    return number;
}

/// YYYY-MM-DD, 0000-MM-DD without the year, or YYYY.
bool isDate(const Value& value) {
    const std::string_view text = value.text() != nullptr ? *value.text() : std::string_view{};
    const std::string_view shape = std::string_view("0000-00-00").substr(0, text.size());
    const bool hasShape = (text.size() == 4 || text.size() == 10) &&
                          std::equal(text.begin(), text.end(), shape.begin(), [](char c, char s) {
                              return s == '0' ? c >= '0' && c <= '9' : c == s;
                          });
    if (!hasShape || text.size() == 4) {
        return hasShape;
    }
    constexpr std::array<int, 12> days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = numberAt(text, 0, 4);
    const int month = numberAt(text, 5, 2);
    const int day = numberAt(text, 8, 2);
    const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= days.at(static_cast<std::size_t>(month - 1)) &&
           (month != 2 || day != 29 || isLeap);
}

bool isListOfTexts(const Value& value) {
    return value.list() != nullptr &&
           std::all_of(value.list()->begin(), value.list()->end(), isNonEmptyText);
}

/// OpenID Connect Core section 5.1.1.
bool isAddress(const Value& value) {
    constexpr std::array<std::string_view, 6> parts{"formatted", "street_address", "locality",
                                                    "region",    "postal_code",    "country"};
    return value.map() != nullptr && !value.map()->empty() &&
           std::all_of(value.map()->begin(), value.map()->end(), [&](const Member& part) {
               return isNonEmptyText(part.value) &&
                      std::find(parts.begin(), parts.end(), part.name) != parts.end();
           });
}

bool fits(ClaimKind kind, const Value& value) {
    switch (kind) {
    case ClaimKind::text: return isNonEmptyText(value);
    case ClaimKind::url: return isUrl(value);
    case ClaimKind::email: return isEmail(value);
    case ClaimKind::date: return isDate(value);
    case ClaimKind::number: return value.integer() != nullptr || value.real() != nullptr;
    case ClaimKind::boolean: return value.boolean() != nullptr;
    case ClaimKind::list: return isListOfTexts(value);
    case ClaimKind::object: return value.map() != nullptr;
    case ClaimKind::address: break;
    }
    return isAddress(value);
}

std::string_view description(ClaimKind kind) {
    switch (kind) {
    case ClaimKind::text: return "is a text";
    case ClaimKind::url: return "is a URL that begins with https:// or http://";
    case ClaimKind::email: return "is an e-mail address";
    case ClaimKind::date: return "is a date: 1990-12-31, 0000-12-31 without the year, or 1990";
    case ClaimKind::number: return "is a number";
    case ClaimKind::boolean: return "is true or false";
    case ClaimKind::list: return R"(is a list of texts: ["staff","admins"])";
    case ClaimKind::object: return R"(is a JSON object: {"floor":"3"})";
    case ClaimKind::address: break;
    }
    return "is a JSON object of formatted, street_address, locality, region, postal_code and "
           "country, all texts";
}

}  // namespace

const std::vector<ClaimRule>& standardClaims() {
    static const std::vector<ClaimRule> rules{
        {"name", "profile"},
        {"family_name", "profile"},
        {"given_name", "profile"},
        {"middle_name", "profile"},
        {"nickname", "profile"},
        {"preferred_username", "profile"},
        {"profile", "profile", ClaimKind::url},
        {"picture", "profile", ClaimKind::url},
        {"website", "profile", ClaimKind::url},
        {"gender", "profile"},
        {"birthdate", "profile", ClaimKind::date},
        {"zoneinfo", "profile"},
        {"locale", "profile"},
        {"updated_at", "profile", ClaimKind::number},
        {"email", "email", ClaimKind::email},
        {"email_verified", "email", ClaimKind::boolean},
        {"address", "address", ClaimKind::address},
        {"phone_number", "phone"},
        {"phone_number_verified", "phone", ClaimKind::boolean},
    };
    return rules;
}

std::string_view claimProblem(ClaimKind kind, const Value& value) {
    return fits(kind, value) ? std::string_view{} : description(kind);
}

}  // namespace gatehouse
