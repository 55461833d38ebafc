// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {

/// Goes over TOML before toml++ does, which takes two things badly: characters beyond ASCII where
/// it expects none (undefined behaviour in 3.3) and keys of any depth (it destroys its tree by
/// recursion).
class TomlScan {
public:
    explicit TomlScan(std::string_view text) : text_(text) {}

    /// The first byte that must not reach toml++, or npos. Call once.
    std::size_t refused();
    /// Why that byte is refused.
    const char* reason() const noexcept { return reason_; }

    static constexpr std::size_t mostDots = 64;  ///< in a line, outside quotes and comments

private:
    bool accept(std::size_t at);
    bool mayBegin(char letter) const noexcept;
    bool follow(char letter);
    bool close(char opening);
    std::size_t endOfQuoted(std::size_t start);
    std::size_t endOfLong(std::size_t closed, char quote) const;
    std::size_t behindEscape(std::size_t backslash, bool isLong);
    std::size_t joinedLine(std::size_t backslash) const;
    bool isBeyondAscii(std::size_t at) const noexcept;

    std::string_view text_;
    std::size_t refused_ = std::string_view::npos;
    const char* reason_ = "";
    std::size_t dots_ = 0;
    std::string open_;  // the brackets of lists and maps
    bool isKey_ = true;  // in a key or a header
    char previous_ = '\n';  // the last that is not blank, outside quotes and comments
};

}  // namespace gatehouse
