// SPDX-License-Identifier: Apache-2.0
#include "config/StorageUrl.h"

#include "config/SettingReader.h"

#include <unistd.h>

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view inOneFile = "storage.sqlite";
constexpr std::string_view inMemory = "storage.memory";
constexpr std::string_view onServer = "storage.postgresql";
constexpr std::string_view forWhatPasses = "storage.redis";

constexpr const char* stateFolder = "/var/lib/gatehouse";

ConfigNode sqliteIn(const std::string& folder, const std::string& why) {
    const Place place{Place::byDefault().file + ", " + why, 0, 0};
    return ConfigNode::text("sqlite:" + folder + "/gatehouse.db", place);
}

}  // namespace

std::string storageOf(std::string_view url) {
    const std::string scheme(url.substr(0, url.find(':')));
    if (scheme == "postgres") {
        return std::string(onServer);
    }
    if (scheme == "rediss") {
        return std::string(forWhatPasses);
    }
    const bool isName =
        scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos;
    return isName && !scheme.empty() ? "storage." + scheme : "";
}

bool isDurable(std::string_view storage) {
    return storage != inMemory && !isForWhatPasses(storage);
}

bool isForWhatPasses(std::string_view storage) {
    return storage == forWhatPasses;
}

bool isOneFile(std::string_view storage) {
    return storage == inOneFile;
}

bool isShared(std::string_view storage) {
    return storage != inOneFile && storage != inMemory;
}

std::filesystem::path databaseFile(std::string url) {
    for (const std::string_view prefix : {"sqlite:", "//"}) {
        if (url.compare(0, prefix.size(), prefix) == 0) {
            url.erase(0, prefix.size());
        }
    }
    return url;
}

std::string storageUrlFrom(const Place& place, const std::string& url) {
    const std::string scheme = "sqlite:";
    if (url.compare(0, scheme.size(), scheme) != 0) {
        return url;
    }
    const auto path = databaseFile(url).string();
    const bool isRelative = !path.empty() && path.front() != '/' && path != ":memory:";
    return isRelative ? scheme + pathFrom(place, path) : url;
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
