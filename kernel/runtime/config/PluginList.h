// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Configuration.h"

#include <string>
#include <vector>

namespace gatehouse {

/// Reads the lists `modules` and `plugins`.
class PluginList {
public:
    explicit PluginList(Problems& problems) : problems_(problems) {}

    /// `token` is short for `module.token`.
    std::vector<PluginEntry> readModules(const ConfigNode& list);
    std::vector<PluginEntry> readPlugins(const ConfigNode& list);

private:
    enum class Role { module, plugin };

    std::vector<PluginEntry> read(const ConfigNode& list, Role role);
    bool readEntry(const ConfigNode& item, Role role, PluginEntry& entry);
    bool readUse(const ConfigNode& item, Role role, PluginEntry& entry);
    bool readName(const ConfigNode& item, PluginEntry& entry);
    bool readOptional(const ConfigNode& item, PluginEntry& entry);
    bool readWhenFull(const ConfigNode& item, PluginEntry& entry);
    bool isFirst(const PluginEntry& entry, const std::vector<PluginEntry>& before);
    bool refuse(const Place& place, std::string text);

    Problems& problems_;
};

/// "user_store" of "user_store.ldap".
std::string pointOf(const std::string& use);

}  // namespace gatehouse
