// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse {

/// What Redis answers to a command (RESP, version 2).
struct Reply {
    enum class Type { nothing, number, text, error, list };
    Type type = Type::nothing;
    std::int64_t number = 0;
    std::string text;  ///< of a text or an error
    std::vector<Reply> items;
};

}  // namespace gatehouse
