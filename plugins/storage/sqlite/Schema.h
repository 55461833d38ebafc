// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"

#include <string>

namespace gatehouse {

/// Brings the file to the schema this version knows. Throws SqliteFailure, with the file's name,
/// for a file of another program, a damaged one, and one that a newer version has written.
void prepareSchema(Connection& connection, const std::string& path);

/// Throws unless the file is still ours and of this schema: for connections opened later.
void requireSchema(Connection& connection, const std::string& path);

}  // namespace gatehouse
