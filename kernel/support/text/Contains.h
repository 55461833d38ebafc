// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <iterator>

namespace gatehouse {

/// Is one of `values` equal to `wanted`?
template <class Values, class Wanted> bool contains(const Values& values, const Wanted& wanted) {
    return std::find(std::begin(values), std::end(values), wanted) != std::end(values);
}

}  // namespace gatehouse
