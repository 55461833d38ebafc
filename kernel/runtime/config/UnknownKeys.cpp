// SPDX-License-Identifier: Apache-2.0
#include "config/UnknownKeys.h"

#include "text/Suggest.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// In TOML a key belongs to the table that was begun last, wherever it was meant to be.
std::string astray(const ConfigEntry& entry) {
    constexpr std::string_view toml = ".toml";
    const auto& file = entry.keyPlace.file;
    const bool isToml = file.size() > toml.size() &&
                        file.compare(file.size() - toml.size(), toml.size(), toml) == 0;
    const auto& top = topKeys();
    return isToml && std::find(top.begin(), top.end(), entry.key) != top.end()
               ? "; here it belongs to the table above it: move it up, before the first [table]"
               : "";
}

}  // namespace

const std::vector<std::string>& topKeys() {
    static const std::vector<std::string> keys{"server",      "database", "redis",   "security",
                                               "oauth",       "logging",  "limits",  "outgoing",
                                               "jobs",        "modules",  "plugins", "plugin_dirs",
                                               "clients_dir", "issuers",  "login"};
    return keys;
}

void refuseUnknownKeys(const ConfigNode& map, const std::vector<std::string>& known,
                       const std::string& label, Problems& problems) {
    for (const auto& entry : map.entries()) {
        if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
            const std::string cure = astray(entry);
            problems.add(entry.keyPlace, beginning(label) + "unknown key \"" + entry.key + "\"" +
                                             (cure.empty() ? suggestion(entry.key, known) : cure));
        }
    }
}

std::string beginning(const std::string& label) {
    return label.empty() ? "" : label + ": ";
}

}  // namespace gatehouse
