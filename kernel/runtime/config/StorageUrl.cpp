// SPDX-License-Identifier: Apache-2.0
#include "config/StorageUrl.h"

#include <unistd.h>

#include <algorithm>

namespace gatehouse {

namespace {

constexpr const char* stateFolder = "/var/lib/gatehouse";

ConfigNode sqliteIn(const std::string& folder, const std::string& why) {
    const Place place{Place::byDefault().file + ", " + why, 0, 0};
    return ConfigNode::text("sqlite:" + folder + "/gatehouse.db", place);
}

}  // namespace

std::string storageOf(std::string_view url) {
    const std::string scheme(url.substr(0, url.find(':')));
    if (scheme == "postgres") {
        return "storage.postgresql";
    }
    if (scheme == "rediss") {
        return "storage.redis";
    }
    const bool isName =
        scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos;
    return isName && !scheme.empty() ? "storage." + scheme : "";
}

ConfigNode defaultDatabaseUrl(const Environment& environment) {
    const auto given = environment.find("STATE_DIRECTORY");
    if (given != environment.end() && !given->second.empty()) {
        return sqliteIn(given->second.substr(0, given->second.find(':')),
                        "in the service's STATE_DIRECTORY");
    }
    if (::access(stateFolder, W_OK) == 0) {
        return sqliteIn(stateFolder, std::string("as ") + stateFolder + " can be written");
    }
    return sqliteIn(".", std::string("as ") + stateFolder + " cannot be written");
}

}  // namespace gatehouse
