// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>

#include "config/ConfigTree.h"
#include "config/Configuration.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// Which keys a section takes from the environment.
enum class SectionKeys {
    ofTable,  ///< only those of its table; others are problems
    any  ///< a storage's section: what else stands there is checked against the storage's table
};

/// Puts the environment's settings of a section over those of the file: first the classic names
/// (SERVER_ADDR, DATABASE_URL, REDIS_URL, JWT_SECRET), then SECTION__KEY. A variable that is empty
/// counts as not set. `section` becomes a map when there is something to put.
void overlayEnvironment(const std::string& name, const FieldTable& table, SectionKeys keys,
                        const Environment& environment, ConfigNode& section, Problems& problems);

}  // namespace gatehouse
