// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "config/Problems.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

// What both readers accept, whatever the text means.
constexpr std::size_t mostConfigBytes = 4 << 20;
constexpr std::size_t mostConfigValues = 60000;
constexpr std::size_t mostConfigKeys = 1000;  // of one map
constexpr std::size_t mostConfigDepth = 32;

/// The text of a configuration file: UTF-8 without control characters, cut into lines.
class SourceText {
public:
    /// Views `text`, which must outlive it. A byte order mark at the beginning is skipped.
    static Result<SourceText, Problems> check(std::string_view text, const std::string& file);

    std::string_view text() const noexcept { return text_; }
    /// Without their line breaks.
    const std::vector<std::string_view>& lines() const noexcept { return lines_; }
    /// From a line and a byte in it, both counted from 0; the place counts characters. Behind the
    /// end of the line it is the end.
    Place place(std::size_t line, std::size_t byte) const;
    /// From a byte of text(), counted from 0.
    Place place(std::size_t byte) const;
    Place whole() const { return {*file_, 0, 0}; }

private:
    explicit SourceText(const std::string& file) : file_(&file) {}

    const std::string* file_;
    std::string_view text_;
    std::vector<std::string_view> lines_;
    bool isAscii_ = false;  ///< then a byte is a character, however long the line
};

}  // namespace gatehouse
