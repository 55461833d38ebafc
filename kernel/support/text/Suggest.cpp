// SPDX-License-Identifier: Apache-2.0
#include "text/Suggest.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace gatehouse {

namespace {

/// Levenshtein distance; two swapped neighbours count as two.
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t changed = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

/// "base_nd" begins with "base": too far for a slip of the finger, near enough for a slip of
/// memory.
std::string longestBeginning(const std::string& wrong, const std::vector<std::string>& known) {
    std::string longest;
    for (const auto& name : known) {
        const std::size_t shared = std::min(name.size(), wrong.size());
        const bool isBeginning = shared > 2 && name.compare(0, shared, wrong, 0, shared) == 0;
        if (isBeginning && name.size() > longest.size()) {
            longest = name;
        }
    }
    return longest;
}

}  // namespace

std::string closest(std::string_view wrong, const std::vector<std::string>& known) {
    constexpr std::size_t longest = 64;
    if (wrong.size() > longest) {
        return {};
    }
    std::size_t least = std::max<std::size_t>(2, wrong.size() / 3) + 1;
    std::string_view nearest;
    for (const auto& name : known) {
        const auto found = distance(wrong, name);
        if (found < least && found < std::max(wrong.size(), name.size())) {
            least = found;
            nearest = name;
        }
    }
    return std::string(nearest);
}

std::string suggestion(const std::string& wrong, const std::vector<std::string>& known) {
    const std::string near = closest(wrong, known);
    const std::string meant = near.empty() ? longestBeginning(wrong, known) : near;
    return meant.empty() ? "" : "; did you mean \"" + meant + "\"?";
}

}  // namespace gatehouse
