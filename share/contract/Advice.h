// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// Why a promise matters, and what to do where it is broken.
struct Advice {
    std::string why;
    std::string remedy;
};

Advice adviceFor(std::string_view plugin, std::string_view rule);

}  // namespace gatehouse
