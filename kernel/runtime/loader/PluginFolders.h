// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "loader/Refusal.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The folders that hold plugins. Only file names are read here; nothing is opened.
class PluginFolders {
public:
    explicit PluginFolders(std::vector<std::string> folders);

    /// The file of the plugin `use` ("user_store.ldap"), from the first folder that has it. File
    /// and folder belong to root or to the user this process runs as, and nobody else can write
    /// them.
    Result<std::string, Refusal> find(std::string_view use) const;
    /// Names of all plugins that are installed, sorted.
    std::vector<std::string> installed() const;
    /// Those of one extension point.
    std::vector<std::string> installed(std::string_view point) const;

private:
    Refusal unknown(std::string_view use) const;
    std::string hint(std::string_view use) const;

    std::vector<std::string> folders_;
};

}  // namespace gatehouse
