// SPDX-License-Identifier: Apache-2.0
#include "json/JsonText.h"

#include "json/PlainText.h"
#include "text/Printable.h"
#include "text/Utf8.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <variant>

namespace gatehouse {

namespace {

/// Appends the character `text` begins with, which is not plain; says how many bytes it took. What
/// parseJson() would refuse is replaced.
std::size_t appendSpecial(std::string& out, std::string_view text) {
    const auto length = utf8Length(text);
    if (length == 0 || text.front() == '\0') {
        out += "\xEF\xBF\xBD";
        return 1;
    }
    const auto character = text.substr(0, length);
    if (character == "\"" || character == "\\") {
        out.append(1, '\\').append(character);
    } else if (isControl(utf8Point(character))) {
        appendEscape(out, utf8Point(character));
    } else {
        out += character;
    }
    return length;
}

void appendList(std::string& out, const ValueList& list) {
    out += '[';
    bool isFirst = true;
    for (const auto& value : list) {
        if (!isFirst) {
            out += ',';
        }
        isFirst = false;
        appendJson(out, value);
    }
    out += ']';
}

}  // namespace

void appendJson(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const auto length = plainLength(text);
        out += text.substr(0, length);
        text.remove_prefix(length);
        if (!text.empty()) {
            text.remove_prefix(appendSpecial(out, text));
        }
    }
    out += '"';
}

void appendJson(std::string& out, std::int64_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void appendJson(std::string& out, double number) {
    if (!std::isfinite(number)) {
        out += "null";
        return;
    }
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
    out += text;
    if (text.find_first_of(".e") == std::string_view::npos) {
        out += ".0";
    }
}

void appendJson(std::string& out, const ValueMap& map) {
    out += '{';
    bool isFirst = true;
    for (const auto& member : map) {
        if (!isFirst) {
            out += ',';
        }
        isFirst = false;
        appendJson(out, std::string_view(member.name));
        out += ':';
        appendJson(out, member.value);
    }
    out += '}';
}

void appendJson(std::string& out, const Value& value) {
    std::visit(
        [&out](const auto& state) {
            using State = std::decay_t<decltype(state)>;
            if constexpr (std::is_same_v<State, std::monostate>) {
                out += "null";
            } else if constexpr (std::is_same_v<State, bool>) {
                out += state ? "true" : "false";
            } else if constexpr (std::is_same_v<State, std::string>) {
                appendJson(out, std::string_view(state));
            } else if constexpr (std::is_same_v<State, ValueList>) {
                appendList(out, state);
            } else {
                appendJson(out, state);
            }
        },
        value.state());
}

}  // namespace gatehouse
