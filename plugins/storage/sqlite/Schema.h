// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"
#include "SchemaSteps.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

/// How many steps the file has taken. Throws SqliteFailure, with the file's name, for a file of
/// another program and one that a newer version has taken further than `steps` can follow.
std::int64_t schemaVersion(Connection& connection, const std::string& path,
                           const std::vector<SchemaStep>& steps);

/// The steps that a newer version has taken, with their names. `known` are those of this one.
std::vector<std::pair<int, std::string>> laterSteps(Connection& connection, std::size_t known);

/// Takes steps, up or down, until `wanted` are taken; each in a transaction of its own. A step that
/// a newer version has taken is left alone: SqliteFailure.
void migrateSchema(Connection& connection, const std::string& path,
                   const std::vector<SchemaStep>& steps, std::int64_t wanted);

/// Brings the file to the schema this version knows, or further on leaves it. Throws SqliteFailure,
/// with the file's name, for a file of another program, a damaged one, and one that this version
/// can no longer use.
void prepareSchema(Connection& connection, const std::string& path);

/// Throws unless the file is still ours, for connections opened later. A command of a newer version
/// may have taken its schema further: what is there stays until the next version (expand first,
/// contract later).
void requireSchema(Connection& connection, const std::string& path);

}  // namespace gatehouse
