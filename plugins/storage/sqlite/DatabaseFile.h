// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "file/FileDescriptor.h"

#include <string>

namespace gatehouse {

/// The file that "sqlite:/path", "sqlite:///path" or "sqlite:relative/path" names. Fault::badInput
/// for another scheme, an in-memory database or parameters.
Result<std::string> pathOfUrl(const std::string& url);

/// Makes the file, readable by its owner only, unless it exists, and checks that nobody else could
/// put another in its place or write to it; a group that can write the folder may write the file.
/// The message names the file.
Status prepareFile(const std::string& path);

/// Makes the folder for its owner only, unless it exists, and checks who can write it as for the
/// file.
Status makeFolderBeside(const std::string& path);
/// Opens the file in such a folder to read and write; it is made, for its owner only, where there
/// is none. Fault::unavailable names the file.
Result<FileDescriptor> openOwnFile(const std::string& path);
/// Waits until the disk has the names of what lies in it.
Status flushFolder(const std::string& path);

/// Of a database that was prepared: then its folder is the group's as well.
bool isWritableByGroup(const std::string& path);

}  // namespace gatehouse
