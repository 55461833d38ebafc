// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gatehouse {

/// A program that Redis runs as one step. KEYS[1] is the prefix of all keys.
struct Script {
    explicit Script(std::string lua);

    std::string text;
    std::string sha1;  ///< by which Redis knows it once it has seen it
};

}  // namespace gatehouse
