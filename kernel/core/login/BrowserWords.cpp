// SPDX-License-Identifier: Apache-2.0
#include "login/BrowserWords.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace gatehouse {

namespace {

struct Word {
    std::string_view sign;  ///< somewhere in the field
    std::string_view name;
};

// Who pretends to be another stands before it.
constexpr Word browsers[] = {
    {"Edg/", "Edge"},        {"EdgA/", "Edge"},
    {"EdgiOS/", "Edge"},     {"OPR/", "Opera"},
    {"Vivaldi/", "Vivaldi"}, {"SamsungBrowser/", "Samsung Internet"},
    {"FxiOS/", "Firefox"},   {"Firefox/", "Firefox"},
    {"CriOS/", "Chrome"},    {"HeadlessChrome/", "Chrome"},
    {"Chrome/", "Chrome"},   {"Safari/", "Safari"},
};
constexpr Word systems[] = {
    {"Android", "Android"}, {"iPhone", "iPhone"},   {"iPad", "iPad"},   {"Windows", "Windows"},
    {"CrOS", "ChromeOS"},   {"Macintosh", "macOS"}, {"Linux", "Linux"}, {"FreeBSD", "FreeBSD"},
};

template <std::size_t size>
std::string firstOf(const Word (&words)[size], std::string_view userAgent) {
    const auto* const found =
        std::find_if(std::begin(words), std::end(words), [&](const Word& word) {
            return userAgent.find(word.sign) != std::string_view::npos;
        });
    return std::string(found == std::end(words) ? std::string_view() : found->name);
}

}  // namespace

Browser browserOf(std::string_view userAgent) {
    return {firstOf(browsers, userAgent), firstOf(systems, userAgent)};
}

void tellBrowser(const HttpRequest& http, ValueMap& details) {
    const auto browser = browserOf(http.header("user-agent"));
    if (!browser.name.empty()) {
        details.set("browser", browser.name);
    }
    if (!browser.system.empty()) {
        details.set("system", browser.system);
    }
}

}  // namespace gatehouse
