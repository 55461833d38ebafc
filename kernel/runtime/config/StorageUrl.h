// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Configuration.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace gatehouse {

/// The storage plugin of a URL: "storage.sqlite" for "sqlite:...". Empty when the scheme cannot be
/// a plugin's name.
std::string storageOf(std::string_view url);

// The sections `database` and `redis` are older than any library that is loaded for them; what they
// need to know of the storages beforehand is here, and nowhere else.

/// Does it keep all it is given for good? Otherwise it is no database.
bool isDurable(std::string_view storage);
/// Does it keep what passes, as the section `redis` wants?
bool isForWhatPasses(std::string_view storage);
/// Is it one file, with the root secret beside it?
bool isOneFile(std::string_view storage);
/// Can other nodes use what is in it?
bool isShared(std::string_view storage);

/// The file of an SQLite URL.
std::filesystem::path databaseFile(std::string url);

/// The URL with SQLite's relative path started at the folder of the file that names it.
std::string storageUrlFrom(const Place& place, const std::string& url);

/// Where SQLite's file goes when nothing is said: the folder systemd gives the service
/// (STATE_DIRECTORY), /var/lib/gatehouse when it can be written, or else the working folder. The
/// place tells which and why.
ConfigNode defaultDatabaseUrl(const Environment& environment);

}  // namespace gatehouse
