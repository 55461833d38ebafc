// SPDX-License-Identifier: Apache-2.0
#include "config/UnknownKeys.h"

#include "text/Suggest.h"

#include <algorithm>

namespace gatehouse {

namespace {

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

std::string suggestion(const std::string& wrong, const std::vector<std::string>& known) {
    const std::string near = closest(wrong, known);
    const std::string meant = near.empty() ? longestBeginning(wrong, known) : near;
    return meant.empty() ? "" : "; did you mean \"" + meant + "\"?";
}

void refuseUnknownKeys(const ConfigNode& map, const std::vector<std::string>& known,
                       const std::string& label, Problems& problems) {
    for (const auto& entry : map.entries()) {
        if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
            problems.add(entry.keyPlace, beginning(label) + "unknown key \"" + entry.key + "\"" +
                                             suggestion(entry.key, known));
        }
    }
}

std::string beginning(const std::string& label) {
    return label.empty() ? "" : label + ": ";
}

}  // namespace gatehouse
