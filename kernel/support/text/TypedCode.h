// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace gatehouse {

/// A code as people type it, without its blanks: "123 456".
inline std::string typedCode(std::string_view typed) {
    std::string code(typed);
    code.erase(std::remove(code.begin(), code.end(), ' '), code.end());
    return code;
}

}  // namespace gatehouse
