// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file/FileDescriptor.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace gatehouse {

/// Says what is wrong with a folder; nothing: nothing is. The descriptor is O_PATH, and none when
/// the folder cannot be opened.
using FolderJudge =
    std::function<std::optional<std::string>(const std::filesystem::path&, const FileDescriptor&)>;

/// What is wrong with the first folder on the way to an absolute one, from the root to the folder
/// itself, by name: links on the way lead on.
std::optional<std::string> wrongOnTheWay(const std::filesystem::path& folder,
                                         const FolderJudge& judge);

}  // namespace gatehouse
