// SPDX-License-Identifier: Apache-2.0
#include "TotpText.h"

#include <gatehouse/Http.h>

#include "text/Base32.h"
#include "text/FormText.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>

namespace gatehouse {

namespace {

constexpr std::string_view scheme = "otpauth://totp/";

bool saysOnce(const Form& query) {
    constexpr std::string_view names[] = {"secret", "algorithm", "digits", "period"};
    return std::all_of(std::begin(names), std::end(names),
                       [&query](std::string_view name) { return query.count(name) <= 1; });
}

/// `otherwise` when the link does not say it. nullopt: no number.
std::optional<int> numberIn(const Form& query, std::string_view name, int otherwise) {
    if (!query.has(name)) {
        return otherwise;
    }
    const auto text = query.text(name);
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(number)
                                                                           : std::nullopt;
}

std::optional<ForeignTotpKey> keyOfLink(std::string_view link) {
    const auto begin = link.find('?');
    const auto query =
        begin == std::string_view::npos ? std::nullopt : parseForm(link.substr(begin + 1));
    if (!query || !saysOnce(*query)) {
        return std::nullopt;
    }
    ForeignTotpKey key;
    const auto secret = fromBase32(query->text("secret"));
    const auto digits = numberIn(*query, "digits", key.digits);
    const auto period = numberIn(*query, "period", static_cast<int>(key.period.count()));
    if (!secret || !digits || !period) {
        return std::nullopt;
    }
    key.secret = *secret;
    key.digits = *digits;
    key.period = seconds{*period};
    if (query->has("algorithm")) {
        key.algorithm = query->text("algorithm");
    }
    return key;
}

}  // namespace

std::optional<ForeignTotpKey> totpKeyFrom(std::string_view text) {
    if (text.substr(0, scheme.size()) == scheme) {
        return keyOfLink(text);
    }
    auto secret = fromBase32(text);
    if (!secret) {
        return std::nullopt;
    }
    ForeignTotpKey key;
    key.secret = *std::move(secret);
    return key;
}

}  // namespace gatehouse
