// SPDX-License-Identifier: Apache-2.0
#include "json/JsonReader.h"

#include "json/PlainText.h"
#include "text/Utf8.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t maximumLevels = 32;
// A ValueMap is searched in order: its size is limited so that no text takes quadratic time.
constexpr std::size_t maximumMembers = 512;
constexpr std::size_t usualMembers = 8;

/// How many bytes at the head of a text stand for themselves: DEL and what is beyond ASCII as well.
std::size_t literalLength(std::string_view text) {
    std::size_t length = plainLength(text);
    while (length < text.size() && static_cast<unsigned char>(text[length]) >= 0x7F) {
        ++length;
        length += plainLength(text.substr(length));
    }
    return length;
}

bool skipOne(std::string_view text, std::size_t& at, std::string_view characters) {
    const bool isThere = at < text.size() && characters.find(text[at]) != std::string_view::npos;
    at += isThere ? 1 : 0;
    return isThere;
}

/// False when there is not one.
bool skipDigits(std::string_view text, std::size_t& at) {
    const auto first = at;
    at = std::min(text.find_first_not_of("0123456789", at), text.size());
    return at > first;
}

/// Takes a number off the text (RFC 8259 section 6); empty when there is none.
std::string_view takeNumber(std::string_view& text, bool& isWhole) {
    std::size_t at = 0;
    skipOne(text, at, "-");
    const auto first = at;
    bool isNumber = skipDigits(text, at) && (text[first] != '0' || at == first + 1);
    const auto wholeEnd = at;
    if (isNumber && skipOne(text, at, ".")) {
        isNumber = skipDigits(text, at);
    }
    if (isNumber && skipOne(text, at, "eE")) {
        skipOne(text, at, "+-");
        isNumber = skipDigits(text, at);
    }
    isWhole = at == wholeEnd;
    const auto number = text.substr(0, isNumber ? at : 0);
    text.remove_prefix(number.size());
    return number;
}

template <class Number> std::optional<Number> numberFrom(std::string_view text) {
    Number number{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

void appendUtf8(std::string& out, unsigned point) {
    const auto follow = [&out](unsigned bits) { out += static_cast<char>(0x80U | (bits & 0x3FU)); };
    if (point < 0x80) {
        out += static_cast<char>(point);
        return;
    }
    if (point < 0x800) {
        out += static_cast<char>(0xC0U | (point >> 6U));
    } else if (point < 0x10000) {
        out += static_cast<char>(0xE0U | (point >> 12U));
        follow(point >> 6U);
    } else {
        out += static_cast<char>(0xF0U | (point >> 18U));
        follow(point >> 12U);
        follow(point >> 6U);
    }
    follow(point);
}

bool isHighSurrogate(unsigned unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

bool isLowSurrogate(unsigned unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

}  // namespace

std::optional<Value> JsonReader::whole() {
    Value root;
    if (!isUtf8(rest_) || !value(root)) {
        return std::nullopt;
    }
    blanks();
    return rest_.empty() ? std::optional(std::move(root)) : std::nullopt;
}

bool JsonReader::value(Value& out) {
    blanks();
    switch (rest_.empty() ? '\0' : rest_.front()) {
    case '{': return map(out);
    case '[': return list(out);
    case '"': {
        std::string read;
        const bool isText = text(read);
        out = std::move(read);
        return isText;
    }
    case 't': out = true; return literal("true");
    case 'f': out = false; return literal("false");
    case 'n': return literal("null");
    default: return number(out);
    }
}

bool JsonReader::map(Value& out) {
    ValueMap read;
    if (++level_ > maximumLevels || !mark('{')) {
        return false;
    }
    if (!mark('}')) {
        if (level_ == 1) {
            read.reserve(usualMembers);
        }
        do {
            if (!member(read)) {
                return false;
            }
        } while (mark(','));
        if (!mark('}')) {
            return false;
        }
    }
    --level_;
    out = std::move(read);
    return true;
}

bool JsonReader::member(ValueMap& map) {
    blanks();
    std::string name;
    Value read;
    if (!text(name) || map.contains(name) || map.size() == maximumMembers || !mark(':') ||
        !value(read)) {
        return false;
    }
    map.set(name, std::move(read));
    return true;
}

bool JsonReader::list(Value& out) {
    ValueList read;
    if (++level_ > maximumLevels || !mark('[')) {
        return false;
    }
    if (!mark(']')) {
        do {
            if (!value(read.emplace_back())) {
                return false;
            }
        } while (mark(','));
        if (!mark(']')) {
            return false;
        }
    }
    --level_;
    out = std::move(read);
    return true;
}

bool JsonReader::text(std::string& out) {
    if (!literal("\"")) {
        return false;
    }
    for (;;) {
        const auto length = literalLength(rest_);
        out.append(rest_, 0, length);
        rest_.remove_prefix(length);
        if (literal("\"")) {
            return true;
        }
        if (!literal("\\") || !escape(out)) {
            return false;
        }
    }
}

/// What stands behind a backslash. NUL is refused: too much software ends a text there.
bool JsonReader::escape(std::string& out) {
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
    const auto known = rest_.empty() ? std::string_view::npos : names.find(rest_.front());
    if (known != std::string_view::npos) {
        out += characters[known];
        rest_.remove_prefix(1);
        return true;
    }
    unsigned unit = 0;
    if (!codeUnit(unit) || unit == 0 || isLowSurrogate(unit)) {
        return false;
    }
    if (isHighSurrogate(unit)) {
        unsigned low = 0;
        if (!literal("\\") || !codeUnit(low) || !isLowSurrogate(low)) {
            return false;
        }
        unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
    }
    appendUtf8(out, unit);
    return true;
}

bool JsonReader::codeUnit(unsigned& out) {
    constexpr std::size_t digits = 4;
    if (!literal("u") || rest_.size() < digits) {
        return false;
    }
    const char* end = rest_.data() + digits;
    const auto read = std::from_chars(rest_.data(), end, out, 16);
    rest_.remove_prefix(digits);
    return read.ec == std::errc() && read.ptr == end;
}

bool JsonReader::number(Value& out) {
    bool isWhole = false;
    const auto digits = takeNumber(rest_, isWhole);
    const auto integer = isWhole ? numberFrom<std::int64_t>(digits) : std::nullopt;
    if (integer) {
        out = *integer;
        return true;
    }
    if (isWhole && !numberFrom<std::uint64_t>(digits)) {
        return false;
    }
    const auto real = numberFrom<double>(digits);
    out = real.value_or(0);
    return real.has_value();
}

bool JsonReader::literal(std::string_view name) {
    if (rest_.substr(0, name.size()) != name) {
        return false;
    }
    rest_.remove_prefix(name.size());
    return true;
}

/// One of the six characters that give the text its shape; blanks may stand before it.
bool JsonReader::mark(char wanted) {
    blanks();
    if (rest_.empty() || rest_.front() != wanted) {
        return false;
    }
    rest_.remove_prefix(1);
    return true;
}

void JsonReader::blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n' ||
                              rest_.front() == '\r' || rest_.front() == '\t')) {
        rest_.remove_prefix(1);
    }
}

}  // namespace gatehouse
