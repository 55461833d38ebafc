// SPDX-License-Identifier: Apache-2.0
#include "config/UnknownKeys.h"

#include "text/Suggest.h"

#include <algorithm>

namespace gatehouse {

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
