// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "loader/Refusal.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A plugin's file.
struct PluginPath {
    std::string file;  ///< as the configuration has it
    std::string pinned;  ///< the same beneath the descriptor of the folder that was checked
};

/// The folders that hold plugins. Only file names are read here; no plugin is opened.
class PluginFolders {
public:
    explicit PluginFolders(std::vector<std::string> folders);

    /// The file of the plugin `use` ("user_store.ldap"), from the first folder that has it. File,
    /// folder and every folder above belong to root or to the user this process runs as, and nobody
    /// else can write them; above, sticky folders will do.
    Result<PluginPath, Refusal> find(std::string_view use) const;
    /// The folder beside the plugin's file, wherever a link leads to it, that has its name; there
    /// are its pages and texts. Nothing when there is none.
    std::optional<std::string> folderOf(std::string_view use) const;
    /// Names of all plugins that are installed, sorted.
    std::vector<std::string> installed() const;
    /// Those of one extension point.
    std::vector<std::string> installed(std::string_view point) const;

    /// Why there is no plugin at all: a wrong or empty folder; nothing when there are some.
    std::optional<std::string> emptiness() const;

private:
    Refusal unknown(std::string_view use) const;
    std::string hint(std::string_view use) const;

    std::vector<std::string> folders_;
};

}  // namespace gatehouse
