// SPDX-License-Identifier: Apache-2.0
#include "plugin/ReadAgain.h"

#include "json/Json.h"

namespace gatehouse {

std::optional<ValueMap> readAgain(const std::string& json) {
    // parseJson() ends at a number of levels, and some are those of what it will stand in.
    constexpr std::size_t levels = 8;
    auto value = parseJson(std::string(levels, '[') + json + std::string(levels, ']'));
    if (!value) {
        return std::nullopt;
    }
    Value* inner = &*value;
    while (inner->list() != nullptr) {
        inner = &inner->list()->front();
    }
    return std::move(*inner->map());
}

}  // namespace gatehouse
