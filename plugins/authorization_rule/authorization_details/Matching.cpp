// SPDX-License-Identifier: Apache-2.0
#include "Matching.h"

#include <algorithm>
#include <cstdint>

namespace gatehouse {

namespace {

constexpr std::size_t nobody = SIZE_MAX;

}  // namespace

Matching::Matching(const Fits& fits) {
    std::size_t things = 0;
    for (const auto& fitting : fits) {
        for (const auto thing : fitting) {
            things = std::max(things, thing + 1);
        }
    }
    owners_.assign(things, nobody);
    for (std::size_t i = 0; i < fits.size() && isComplete_; ++i) {
        std::vector<bool> tried(things, false);
        isComplete_ = give(fits, i, tried);
    }
}

bool Matching::give(const Fits& fits, std::size_t to, std::vector<bool>& tried) {
    for (const auto thing : fits[to]) {
        if (tried[thing]) {
            continue;
        }
        tried[thing] = true;
        if (owners_[thing] == nobody || give(fits, owners_[thing], tried)) {
            owners_[thing] = to;
            return true;
        }
    }
    return false;
}

}  // namespace gatehouse
