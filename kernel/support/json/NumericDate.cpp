// SPDX-License-Identifier: Apache-2.0
#include "json/NumericDate.h"

#include <cmath>

namespace gatehouse {

std::optional<std::int64_t> numericDate(const Value* value) {
    constexpr double farFuture = 1e12;
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->integer() != nullptr) {
        const bool isSane =
            *value->integer() >= 0 && *value->integer() < std::int64_t{1000000000000};
        return isSane ? std::optional(*value->integer()) : std::nullopt;
    }
    const bool isSane =
        value->real() != nullptr && *value->real() >= 0 && *value->real() < farFuture;
    return isSane ? std::optional(static_cast<std::int64_t>(std::floor(*value->real())))
                  : std::nullopt;
}

}  // namespace gatehouse
