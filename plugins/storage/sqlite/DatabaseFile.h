// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <string>

namespace gatehouse {

/// The file that "sqlite:/path", "sqlite:///path" or "sqlite:relative/path" names. Fault::badInput
/// for another scheme, an in-memory database or parameters.
Result<std::string> pathOfUrl(const std::string& url);

/// Makes the file, readable by its owner only, unless it exists, and checks that nobody else could
/// put another in its place or write to it; a group that can write the folder may write the file.
/// The message names the file.
Status prepareFile(const std::string& path);

/// Of a database that was prepared: then its folder is the group's as well.
bool isWritableByGroup(const std::string& path);

}  // namespace gatehouse
