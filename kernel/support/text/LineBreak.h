// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace gatehouse {

/// A secret without the one line break, LF or CRLF, that editors and `echo` put behind it: wherever
/// a secret is read, in files, variables, YAML blocks and standard input alike.
constexpr std::string_view withoutLineBreak(std::string_view text) noexcept {
    if (text.empty() || text.back() != '\n') {
        return text;
    }
    text.remove_suffix(1);
    if (!text.empty() && text.back() == '\r') {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace gatehouse
