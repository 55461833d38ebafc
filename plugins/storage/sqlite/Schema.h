// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"
#include "SchemaSteps.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse {

/// How many steps the file has taken. Throws SqliteFailure, with the file's name, for a file of
/// another program and one that a newer version has written.
std::int64_t schemaVersion(Connection& connection, const std::string& path,
                           const std::vector<SchemaStep>& steps);

/// Takes steps, up or down, until `wanted` are taken; each in a transaction of its own.
void migrateSchema(Connection& connection, const std::string& path,
                   const std::vector<SchemaStep>& steps, std::int64_t wanted);

/// Brings the file to the schema this version knows. Throws SqliteFailure, with the file's name,
/// for a file of another program, a damaged one, and one that a newer version has written.
void prepareSchema(Connection& connection, const std::string& path);

/// Throws unless the file is still ours, for connections opened later. A command of a newer version
/// may have taken its schema further: what is there stays until the next version (expand first,
/// contract later).
void requireSchema(Connection& connection, const std::string& path);

}  // namespace gatehouse
