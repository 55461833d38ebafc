// SPDX-License-Identifier: Apache-2.0
#include "config/SettingReader.h"

#include "config/Masking.h"
#include "config/SecretFile.h"
#include "config/TreeValue.h"
#include "text/LineBreak.h"
#include "text/Suggest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <optional>

namespace gatehouse {

namespace {

using Held = CheckedConfig::Held;
using Reading = Result<Held, Objection>;

struct Unit {
    std::string_view name;
    std::int64_t milliseconds;
};
constexpr std::array<Unit, 6> units{{{"ms", 1},
                                     {"s", 1000},
                                     {"m", 60'000},
                                     {"h", 3'600'000},
                                     {"d", 86'400'000},
                                     {"w", 604'800'000}}};

std::string inQuotes(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

std::string_view shapeName(ConfigNode::Shape shape) {
    switch (shape) {
    case ConfigNode::Shape::none: return "nothing";
    case ConfigNode::Shape::text: return "a text";
    case ConfigNode::Shape::list: return "a list";
    case ConfigNode::Shape::map: break;
    }
    return "a map";
}

Objection wrongShape(const Field& field, const ConfigNode& node) {
    return {std::string(shapeName(node.shape())) + " stands where " +
            std::string(kindName(field.kind)) + " is wanted"};
}

std::optional<Objection> checkRange(const Limits& limits, std::int64_t value,
                                    std::string (*print)(std::int64_t)) {
    if (value >= limits.least && value <= limits.most) {
        return std::nullopt;
    }
    const std::string start = print(value) + " is out of range: ";
    if (limits.most == INT64_MAX) {
        return Objection{start + "at least " + print(limits.least)};
    }
    if (limits.least == INT64_MIN) {
        return Objection{start + "at most " + print(limits.most)};
    }
    return Objection{start + print(limits.least) + " to " + print(limits.most)};
}

std::optional<Objection> checkLength(const Limits& limits, std::size_t size,
                                     const std::string& unit) {
    const auto length = static_cast<std::int64_t>(size);
    if (length < limits.least) {
        return Objection{"has to be at least " + std::to_string(limits.least) + unit};
    }
    if (length > limits.most) {
        return Objection{"has to be at most " + std::to_string(limits.most) + unit};
    }
    return std::nullopt;
}

std::optional<Objection> checkChoice(const Field& field, const std::string& text) {
    const auto choices = choicesOf(field);
    if (choices.empty() || std::find(choices.begin(), choices.end(), text) != choices.end()) {
        return std::nullopt;
    }
    std::string known;
    for (const auto& choice : choices) {
        known += (known.empty() ? "" : ", ") + choice;
    }
    return Objection{inQuotes(text) + " is not one of " + known + suggestion(text, choices)};
}

std::optional<std::int64_t> wholeNumber(std::string_view text) {
    std::int64_t value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

std::optional<std::int64_t> durationOf(std::string_view text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto value = wholeNumber(text.substr(0, digits));
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& known) {
        return known.name == text.substr(digits);
    });
    if (!value || unit == units.end() || *value > INT64_MAX / unit->milliseconds) {
        return std::nullopt;
    }
    return *value * unit->milliseconds;
}

Reading readText(const Field& field, const std::string& text) {
    if (auto objection = checkChoice(field, text)) {
        return *objection;
    }
    if (auto objection = checkLength(field.limits, text.size(), " characters long")) {
        return *objection;
    }
    return Held{text};
}

/// Not everybody agrees where such a password ends, and what follows would be shown as the host.
bool hasBarePassword(const std::string& text) {
    constexpr std::array<std::string_view, 4> schemes{"postgresql", "postgres", "redis", "rediss"};
    const std::size_t colons = std::min(text.find("://"), text.size());
    if (std::find(schemes.begin(), schemes.end(), text.substr(0, colons)) == schemes.end()) {
        return false;
    }
    const std::string rest = text.substr(std::min(colons + 3, text.size()));
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::size_t at = std::min(rest.find('@'), rest.size());
    const std::size_t next = rest.find('@', std::min(at + 1, rest.size()));
    return next < slash || (at > slash && at < std::min(rest.find('?'), rest.size()));
}

Reading readUrl(const std::string& text) {
    if (!isUrl(text)) {
        return Objection{inQuotes(maskedUrl(text)) + " is not a URL (try https://example.org)"};
    }
    if (hasBarePassword(text)) {
        return Objection{"its password cannot be told from its host: write @ in a password as %40, "
                         "/ as %2F"};
    }
    return Held{text};
}

Reading readDuration(const Field& field, const std::string& text) {
    const auto value = durationOf(text);
    if (!value) {
        return Objection{inQuotes(text) + " is not a duration (try 3s, 5m, 1h)"};
    }
    const auto print = [](std::int64_t number) { return durationText(milliseconds{number}); };
    if (auto objection = checkRange(field.limits, *value, print)) {
        return *objection;
    }
    return Held{milliseconds{*value}};
}

Reading readNumber(const Field& field, const std::string& text) {
    const auto value = wholeNumber(text);
    if (!value) {
        return Objection{inQuotes(text) + " is not a whole number"};
    }
    const auto print = [](std::int64_t number) { return std::to_string(number); };
    if (auto objection = checkRange(field.limits, *value, print)) {
        return *objection;
    }
    return Held{*value};
}

Reading readBoolean(const std::string& text) {
    if (text != "true" && text != "false") {
        return Objection{inQuotes(text) + " is neither true nor false"};
    }
    return Held{text == "true"};
}

Reading readSecretText(const Field& field, const Secret& secret) {
    if (secret.empty()) {
        return Objection{"is empty"};
    }
    if (auto objection = checkLength(field.limits, secret.view().size(), " bytes long")) {
        return *objection;
    }
    return Held{secret};
}

Reading readSecret(const Field& field, const ConfigNode& node, std::string& doubt) {
    if (node.isText()) {
        return readSecretText(field, Secret(withoutLineBreak(node.text())));
    }
    const ConfigEntry* file = node.find("file");
    if (file == nullptr || node.entries().size() != 1 || !file->value.isText()) {
        return Objection{"a secret is a text, or {file: PATH}"};
    }
    const auto given = readSecretFile(pathFrom(file->value.place(), file->value.text()));
    if (!given) {
        return Objection{given.error().detail};
    }
    doubt = given->doubt;
    return readSecretText(field, given->secret);
}

Reading checkList(const Field& field, std::vector<std::string> items) {
    for (const auto& item : items) {
        if (auto objection = checkChoice(field, item)) {
            return *objection;
        }
    }
    return Held{std::move(items)};
}

Reading readList(const Field& field, const ConfigNode& node) {
    if (node.isText() && node.place().isEnvironment()) {
        return checkList(field, splitAtCommas(node.text()));
    }
    if (!node.isList()) {
        return Objection{wrongShape(field, node).text + ", such as [a, b]"};
    }
    std::vector<std::string> items;
    for (const auto& item : node.items()) {
        if (!item.isText()) {
            return Objection{"item " + std::to_string(items.size() + 1) + ": " +
                             std::string(shapeName(item.shape())) +
                             " stands where a text is wanted"};
        }
        items.push_back(item.text());
    }
    return checkList(field, std::move(items));
}

Reading readScalar(const Field& field, const ConfigNode& node) {
    const std::string& text = node.text();
    switch (field.kind) {
    case Kind::url: return readUrl(text);
    case Kind::path: return Held{pathFrom(node.place(), text)};
    case Kind::duration: return readDuration(field, text);
    case Kind::number: return readNumber(field, text);
    case Kind::boolean: return readBoolean(text);
    default: return readText(field, text);
    }
}

}  // namespace

Reading readSetting(const Field& field, const ConfigNode& node, std::string& doubt) {
    if (node.isNone()) {
        return Objection{"has no value"};
    }
    switch (field.kind) {
    case Kind::secret: return readSecret(field, node, doubt);
    case Kind::list: return readList(field, node);
    case Kind::map:
        if (!node.isMap()) {
            return wrongShape(field, node);
        }
        return Held{mapValue(node)};
    default: break;
    }
    if (!node.isText()) {
        return wrongShape(field, node);
    }
    return readScalar(field, node);
}

Reading readSetting(const Field& field, const ConfigNode& node) {
    std::string ignored;
    return readSetting(field, node, ignored);
}

Reading readDefault(const Field& field) {
    const std::string text = field.presence.byDefault;
    if (field.kind == Kind::list) {
        return checkList(field, splitAtCommas(text));
    }
    return readSetting(field, ConfigNode::text(text, Place::byDefault()));
}

bool isUrl(const std::string& text) {
    constexpr std::string_view schemeCharacters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.";
    const std::size_t colon = text.find_first_not_of(schemeCharacters);
    const bool hasScheme = colon != 0 && colon < text.size() && text[colon] == ':';
    const auto isDigit = [](char letter) { return letter >= '0' && letter <= '9'; };
    return hasScheme && !isDigit(text[0]) &&
           (colon + 1 == text.size() || !isDigit(text[colon + 1])) &&
           (text.rfind("sqlite:", 0) == 0 || text.find(' ') == std::string::npos);
}

std::string durationText(milliseconds duration) {
    const std::int64_t count = duration.count();
    const auto exact = std::find_if(units.rbegin(), units.rend(), [&](const Unit& unit) {
        return count % unit.milliseconds == 0 && count >= unit.milliseconds;
    });
    if (exact == units.rend()) {
        return std::to_string(count) + "ms";
    }
    return std::to_string(count / exact->milliseconds) + std::string(exact->name);
}

std::string pathFrom(const Place& place, const std::string& path) {
    if (path.empty() || !place.isFile()) {
        return path;
    }
    return (std::filesystem::path(place.file).parent_path() / path).lexically_normal();
}

std::string_view kindName(Kind kind) {
    switch (kind) {
    case Kind::text: return "a text";
    case Kind::secret: return "a secret";
    case Kind::url: return "a URL";
    case Kind::path: return "a path";
    case Kind::duration: return "a duration";
    case Kind::number: return "a whole number";
    case Kind::boolean: return "true or false";
    case Kind::list: return "a list";
    case Kind::map: break;
    }
    return "a map";
}

std::vector<std::string> choicesOf(const Field& field) {
    std::vector<std::string> choices;
    std::string_view rest = field.limits.choices == nullptr ? "" : field.limits.choices;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('|'), rest.size());
        choices.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return choices;
}

std::vector<std::string> splitAtCommas(std::string_view text) {
    if (text.size() > 1 && text.front() == '[' && text.back() == ']') {
        text = text.substr(1, text.size() - 2);
    }
    std::vector<std::string> items;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        std::string_view item = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
        item.remove_suffix(item.size() - (item.find_last_not_of(' ') + 1));
        if (!item.empty()) {
            items.emplace_back(item);
        }
    }
    return items;
}

}  // namespace gatehouse
