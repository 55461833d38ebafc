// SPDX-License-Identifier: Apache-2.0
#include "page/Texts.h"

#include "json/Json.h"
#include "text/Lower.h"

#include <algorithm>
#include <charconv>

namespace gatehouse {

namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    return text;
}

bool isSameText(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

struct Weighted {
    std::string_view range;
    int weight;  ///< in thousandths
};

/// "0.8" in thousandths; what is no weight counts as 1 (RFC 9110 section 12.4.2).
int weightOf(std::string_view text) {
    constexpr std::size_t digits = 3;
    if (text.empty() || text.front() != '0') {
        return 1000;
    }
    std::string fraction(text.size() > 2 ? text.substr(2, digits) : std::string_view{});
    fraction.resize(digits, '0');
    int thousandths = 0;
    std::from_chars(fraction.data(), fraction.data() + fraction.size(), thousandths);
    return thousandths;
}

std::vector<Weighted> readAcceptLanguage(std::string_view header) {
    constexpr std::size_t most = 16;
    std::vector<Weighted> ranges;
    while (!header.empty() && ranges.size() < most) {
        const auto end = std::min(header.find(','), header.size());
        const auto part = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        const auto semicolon = std::min(part.find(';'), part.size());
        const auto q = part.find("q=", semicolon);
        const int weight = q == std::string_view::npos ? 1000 : weightOf(trim(part.substr(q + 2)));
        if (weight > 0) {
            ranges.push_back({trim(part.substr(0, semicolon)), weight});
        }
    }
    std::stable_sort(ranges.begin(), ranges.end(), [](const Weighted& left, const Weighted& right) {
        return left.weight > right.weight;
    });
    return ranges;
}

std::string plain(const Value& value) {
    if (value.text() != nullptr) {
        return *value.text();
    }
    return value.integer() != nullptr ? std::to_string(*value.integer()) : std::string{};
}

}  // namespace

Texts Texts::load(const std::map<std::string, std::vector<PageFile>>& files,
                  std::string defaultLanguage, std::vector<std::string>& problems) {
    Texts texts;
    texts.default_ = std::move(defaultLanguage);
    for (const auto& [language, sources] : files) {
        auto& keys = texts.languages_[language];
        for (const auto& source : sources) {
            for (auto& [key, text] : readTexts(source, problems)) {
                keys[key] = text;
            }
        }
    }
    const auto reference = texts.languages_.find(texts.default_);
    if (reference == texts.languages_.end()) {
        problems.push_back("the default language \"" + texts.default_ + "\" has no texts");
        return texts;
    }
    for (auto& [language, keys] : texts.languages_) {
        keys.insert(reference->second.begin(), reference->second.end());
    }
    return texts;
}

const std::string& Texts::choose(std::string_view uiLocales,
                                 std::string_view acceptLanguage) const {
    while (!uiLocales.empty()) {
        const auto end = std::min(uiLocales.find(' '), uiLocales.size());
        if (const auto* language = match(uiLocales.substr(0, end))) {
            return *language;
        }
        uiLocales.remove_prefix(std::min(end + 1, uiLocales.size()));
    }
    for (const auto& [range, weight] : readAcceptLanguage(acceptLanguage)) {
        if (const auto* language = match(range)) {
            return *language;
        }
    }
    return default_;
}

/// RFC 4647 section 3.4: "de-AT" finds "de-AT", or else "de".
const std::string* Texts::match(std::string_view range) const {
    while (!range.empty()) {
        for (const auto& [language, keys] : languages_) {
            if (isSameText(language, range)) {
                return &language;
            }
        }
        const auto dash = range.rfind('-');
        range = range.substr(0, dash == std::string_view::npos ? 0 : dash);
    }
    return nullptr;
}

const std::string* Texts::find(std::string_view language, std::string_view key) const {
    const auto keys = languages_.find(language);
    if (keys == languages_.end()) {
        return nullptr;
    }
    const auto text = keys->second.find(key);
    return text == keys->second.end() ? nullptr : &text->second;
}

std::string Texts::text(std::string_view language, std::string_view key,
                        const ValueMap& values) const {
    const auto* text = find(language, key);
    if (text == nullptr) {
        return {};
    }
    return replaceNames(*text, [&](std::string_view name) {
        const Value* value = values.find(name);
        return value == nullptr ? std::string{} : plain(*value);
    });
}

std::vector<std::string> Texts::languages() const {
    std::vector<std::string> names;
    for (const auto& [language, keys] : languages_) {
        names.push_back(language);
    }
    return names;
}

std::vector<std::string> Texts::keys() const {
    std::vector<std::string> names;
    if (languages_.empty()) {
        return names;
    }
    for (const auto& [key, text] : languages_.begin()->second) {
        const auto hasKey = [&, &key = key](const auto& language) {
            return language.second.find(key) != language.second.end();
        };
        if (std::all_of(languages_.begin(), languages_.end(), hasKey)) {
            names.push_back(key);
        }
    }
    return names;
}

Texts::Keys readTexts(const PageFile& file, std::vector<std::string>& problems) {
    Texts::Keys keys;
    const auto json = parseJson(file.text);
    if (!json) {
        problems.push_back(
            file.place(readableJson(file.text)) +
            ": is not JSON from here on, or the name before it stands twice or is one too many");
        return keys;
    }
    if (json->map() == nullptr) {
        problems.push_back(file.path + ": is not a JSON object");
        return keys;
    }
    for (const auto& [key, value] : *json->map()) {
        if (value.text() == nullptr) {
            problems.push_back(file.path + ": \"" + key + "\" is not a text");
            continue;
        }
        keys[key] = *value.text();
    }
    return keys;
}

}  // namespace gatehouse
