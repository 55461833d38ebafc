// SPDX-License-Identifier: Apache-2.0
#include "app/RootSecret.h"

#include "app/SecretFolder.h"
#include "crypto/RandomPool.h"

#include <filesystem>

namespace gatehouse {

namespace {

constexpr std::size_t secretBytes = 32;
constexpr const char* fileName = "root.secret";

constexpr Field sqliteFields[] = {
    {"path", Kind::path, optional, ""},
    {"url", Kind::url, optional, ""},
};

/// The folder of the SQLite database. What is wrong with the settings is the storage's to say.
std::filesystem::path databaseFolder(const PluginEntry& database) {
    Problems ignored;
    const CheckedConfig settings = database.check(sqliteFields, ignored);
    std::string path = settings.has("path") ? settings.text("path") : settings.text("url");
    for (const std::string_view prefix : {"sqlite:", "//"}) {
        if (path.compare(0, prefix.size(), prefix) == 0) {
            path.erase(0, prefix.size());
        }
    }
    const auto folder = std::filesystem::path(path).parent_path();
    return folder.empty() ? std::filesystem::path(".") : folder;
}

}  // namespace

RootSecret RootSecret::find(const Configuration& configuration, WhenMissing whenMissing,
                            Problems& problems) {
    RootSecret made{Secret(randomBytes(secretBytes)), {}};
    if (configuration.security().settings().empty()) {  // the file could not be read
        return made;
    }
    if (configuration.security().has("jwt_secret")) {
        return {configuration.security().secret("jwt_secret"), {}};
    }
    if (configuration.redis()) {
        problems.add(configuration.redis()->place,
                     "security: jwt_secret: missing; nodes that share a Redis must be "
                     "given the same (openssl rand -base64 48)");
    }
    if (configuration.database().use != "storage.sqlite" || configuration.redis()) {
        return made;
    }
    const SecretFolder folder(databaseFolder(configuration.database()));
    auto kept = folder.read(fileName);
    if (kept && !*kept && whenMissing == WhenMissing::make) {
        kept = folder.make(fileName, made.bytes);
    }
    if (!kept) {
        made.failure = kept.error().detail;
    }
    return kept && *kept ? RootSecret{**kept, {}} : made;
}

}  // namespace gatehouse
