// SPDX-License-Identifier: Apache-2.0
#include "app/RootSecret.h"

#include "app/SecretFolder.h"
#include "config/StorageUrl.h"
#include "crypto/RandomPool.h"
#include "text/Base64Url.h"

#include <filesystem>

namespace gatehouse {

namespace {

constexpr std::size_t secretBytes = 32;
constexpr const char* fileName = "root.secret";
/// While there is no database yet.
constexpr const char* newFileName = "root.secret.new";

constexpr Field sqliteFields[] = {
    {"path", Kind::path, optional, ""},
    {"url", Kind::url, optional, ""},
};

/// The file of the SQLite database. What is wrong with the settings is the storage's to say.
std::filesystem::path fileOf(const PluginEntry& database) {
    Problems ignored;
    const CheckedConfig settings = database.check(sqliteFields, ignored);
    return databaseFile(settings.has("path") ? settings.text("path") : settings.text("url"));
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

/// Is the secret a file beside the database?
bool isKept(const Configuration& configuration) {
    return !configuration.security().has("jwt_secret") && isOneFile(configuration.database().use) &&
           !configuration.redis();
}

/// A new secret would open nothing of a database that is there.
std::string lost(const std::filesystem::path& secret, const std::filesystem::path& database) {
    return secret.string() + " is missing, without which nothing in " + database.string() +
           " can be opened; put it back from your backup, or give the secret the database was made "
           "with as security.jwt_secret. To begin with nothing, move the database away as well";
}

std::string lostDatabase(const std::filesystem::path& secret,
                         const std::filesystem::path& database) {
    return database.string() + " is not there, but " + secret.string() +
           " is: the database was lost, or is looked for in the wrong place; put it back "
           "(gatehouse restore FILE). To begin with nothing, move " +
           secret.string() + " away as well";
}

/// nullopt: neither is there.
Result<std::optional<Secret>> beside(const std::filesystem::path& database) {
    const auto folder = folderOf(database);
    // Another process may be making both: first the new secret, then the database, then its name.
    const bool hasDatabase = holdsSomething(database);
    auto begun = SecretFolder(folder).read(newFileName);
    auto kept = SecretFolder(folder).read(fileName);
    if (kept && *kept && !holdsSomething(database)) {
        return Error::unavailable(lostDatabase(folder / fileName, database));
    }
    if (!kept || *kept) {
        return kept;
    }
    if (begun && !*begun && hasDatabase) {
        return Error::unavailable(lost(folder / fileName, database));
    }
    return begun;
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
    if (!isKept(configuration)) {
        return made;
    }
    auto kept = beside(fileOf(configuration.database()));
    if (kept && !*kept && whenMissing == WhenMissing::make) {
        kept =
            SecretFolder(folderOf(fileOf(configuration.database()))).make(newFileName, made.bytes);
    }
    if (!kept) {
        made.failure = kept.error().detail;
    }
    return kept && *kept ? RootSecret{**kept, {}} : made;
}

Status RootSecret::settle(const Configuration& configuration) {
    if (!isKept(configuration)) {
        return done();
    }
    return SecretFolder(folderOf(fileOf(configuration.database()))).rename(newFileName, fileName);
}

}  // namespace gatehouse
