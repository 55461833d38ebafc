// SPDX-License-Identifier: Apache-2.0
#include "app/RootSecret.h"

#include "app/SecretFolder.h"
#include "crypto/RandomPool.h"
#include "text/Base64Url.h"

#include <filesystem>

namespace gatehouse {

namespace {

constexpr std::size_t secretBytes = 32;
constexpr const char* fileName = "root.secret";

constexpr Field sqliteFields[] = {
    {"path", Kind::path, optional, ""},
    {"url", Kind::url, optional, ""},
};

/// The file of the SQLite database. What is wrong with the settings is the storage's to say.
std::filesystem::path databaseFile(const PluginEntry& database) {
    Problems ignored;
    const CheckedConfig settings = database.check(sqliteFields, ignored);
    std::string path = settings.has("path") ? settings.text("path") : settings.text("url");
    for (const std::string_view prefix : {"sqlite:", "//"}) {
        if (path.compare(0, prefix.size(), prefix) == 0) {
            path.erase(0, prefix.size());
        }
    }
    return path;
}

std::filesystem::path folderOf(const std::filesystem::path& file) {
    const auto folder = file.parent_path();
    return folder.empty() ? std::filesystem::path(".") : folder;
}

bool holdsSomething(const std::filesystem::path& file) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    return !failure && size > 0;
}

/// A new secret would open nothing of a database that is there.
std::string lost(const std::filesystem::path& secret, const std::filesystem::path& database) {
    return secret.string() + " is missing, without which nothing in " + database.string() +
           " can be opened; put it back from your backup, or give the secret the database was made "
           "with as security.jwt_secret. To begin with nothing, move the database away as well";
}

}  // namespace

RootSecret RootSecret::find(const Configuration& configuration, WhenMissing whenMissing) {
    RootSecret made{Secret(base64url(randomBytes(secretBytes))), {}};
    if (configuration.security().settings().empty()) {  // the file could not be read
        return made;
    }
    if (configuration.security().has("jwt_secret")) {
        return {configuration.security().secret("jwt_secret"), {}};
    }
    if (configuration.database().use != "storage.sqlite" || configuration.redis()) {
        return made;
    }
    const auto database = databaseFile(configuration.database());
    const SecretFolder folder(folderOf(database));
    // Another process may be making both; it makes the secret first.
    const bool hasDatabase = holdsSomething(database);
    auto kept = folder.read(fileName);
    if (kept && !*kept && hasDatabase) {
        made.failure = lost(folderOf(database) / fileName, database);
        return made;
    }
    if (kept && !*kept && whenMissing == WhenMissing::make) {
        kept = folder.make(fileName, made.bytes);
    }
    if (!kept) {
        made.failure = kept.error().detail;
    }
    return kept && *kept ? RootSecret{**kept, {}} : made;
}

}  // namespace gatehouse
