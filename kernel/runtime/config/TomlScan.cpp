// SPDX-License-Identifier: Apache-2.0
#include "config/TomlScan.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace gatehouse {

std::size_t TomlScan::refused() {
    std::size_t at = 0;
    while (at < text_.size() && refused_ == std::string_view::npos) {
        const char letter = text_[at];
        if (letter == '#') {
            at = std::min(text_.find('\n', at), text_.size());
            continue;
        }
        if (!accept(at)) {
            return at;
        }
        at = letter == '"' || letter == '\'' ? endOfQuoted(at) : at + 1;
    }
    return refused_;
}

bool TomlScan::accept(std::size_t at) {
    const char letter = text_[at];
    if (isBeyondAscii(at)) {
        reason_ = "not valid TOML: a character that has to stand in quotes";
        return false;
    }
    if (!mayBegin(letter) || !follow(letter)) {
        reason_ = std::strchr("\"'", letter) != nullptr
                      ? "not valid TOML: quotes where none are expected"
                      : "not valid TOML: not expected here";
        return false;
    }
    dots_ = letter == '\n' ? 0 : dots_ + (letter == '.' ? 1 : 0);
    if (dots_ > mostDots) {
        reason_ = "more than 64 dots in a line";
        return false;
    }
    const bool isBlank = letter == ' ' || letter == '\t' || letter == '\r';
    previous_ = isBlank ? previous_ : letter;
    return true;
}

/// What begins a value or key stands behind these; toml++ would read a number on into what is glued
/// to it.
bool TomlScan::mayBegin(char letter) const noexcept {
    constexpr std::string_view beginnings = "\n=,[{";
    const bool isQuote = letter == '"' || letter == '\'';
    const bool isOpening = letter == '[' || letter == '{';
    return (!isQuote && !isOpening) || beginnings.find(previous_) != std::string_view::npos ||
           (isQuote && previous_ == '.' && isKey_);
}

/// Keeps count of lists, maps and keys; false when the letter closes or divides what is not open.
bool TomlScan::follow(char letter) {
    const char within = open_.empty() ? '\n' : open_.back();
    switch (letter) {
    case '\n': isKey_ = isKey_ || open_.empty(); return true;
    case ',': isKey_ = within == '{'; return true;
    case '=': return std::exchange(isKey_, false);
    case '[':
        open_ += isKey_ ? "" : "[";  // a key's bracket is a header's
        return true;
    case '{': open_ += '{'; return !std::exchange(isKey_, true);
    case ']': return (isKey_ && open_.empty()) || close('[');
    case '}': return close('{');
    default: return true;
    }
}

bool TomlScan::close(char opening) {
    if (open_.empty() || open_.back() != opening) {
        return false;
    }
    open_.pop_back();
    isKey_ = false;
    return true;
}

/// Behind the closing quotes; the end of all when they are missing, since toml++ reads no further
/// then.
std::size_t TomlScan::endOfQuoted(std::size_t start) {
    const char quote = text_[start];
    const bool isLong = text_.substr(start, 3) == std::string(3, quote);
    const std::string closing(isLong ? 3 : 1, quote);
    std::size_t at = start + closing.size();
    while (at < text_.size() && (isLong || text_[at] != '\n')) {
        if (text_.substr(at, closing.size()) == closing) {
            return isLong ? endOfLong(at + closing.size(), quote) : at + 1;
        }
        at = quote == '"' && text_[at] == '\\' ? behindEscape(at, isLong) : at + 1;
    }
    return text_.size();
}

/// TOML 1.0: up to two quotes may stand directly before the closing ones.
std::size_t TomlScan::endOfLong(std::size_t closed, char quote) const {
    constexpr std::size_t most = 2;
    const auto end = text_.substr(closed, most).find_first_not_of(quote);
    return closed + std::min(end, text_.substr(closed, most).size());
}

std::size_t TomlScan::behindEscape(std::size_t backslash, bool isLong) {
    const auto next = joinedLine(backslash);
    if (isLong && isBeyondAscii(next)) {
        refused_ = next;
        reason_ = "not valid TOML: not behind a backslash";
    }
    return backslash + 2;
}

/// Where the text goes on behind a backslash that may join two lines.
std::size_t TomlScan::joinedLine(std::size_t backslash) const {
    return std::min(text_.find_first_not_of(" \t\r\n", backslash + 1), text_.size());
}

bool TomlScan::isBeyondAscii(std::size_t at) const noexcept {
    return at < text_.size() && static_cast<unsigned char>(text_[at]) > 0x7F;
}

}  // namespace gatehouse
