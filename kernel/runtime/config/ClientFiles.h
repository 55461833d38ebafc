// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>

#include "config/Problems.h"

#include <map>
#include <string>
#include <vector>

namespace gatehouse {

/// One file of the clients folder.
struct ClientFile {
    ValueMap metadata;  ///< by RFC 7591 names, client_id among them; without client_secret
    Secret secret;  ///< client_secret; empty when there is none
    Place place;  ///< of the file
    std::map<std::string, Place> places;  ///< of each key that was set
    bool isSound = true;  ///< its settings fit their table; those that do not are left out

    /// Where a key stands, or the file.
    const Place& placeOf(const std::string& key) const;
};

/// What a client's file may hold.
FieldTable clientFields();

/// Reads every .yaml, .yml and .toml file of the folder, sorted by name; folder and files are kept
/// as Keeping::own wants it. A client_id that stands in two files is a problem naming both. No
/// folder is no clients.
/// `members`: those that plugins understand, which check them too.
std::vector<ClientFile> readClientFiles(const std::string& path,
                                        const std::vector<std::string>& members,
                                        Problems& problems);

}  // namespace gatehouse
