// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Configuration.h"
#include "config/EnvironmentSettings.h"

#include <optional>
#include <string>

namespace gatehouse {

/// Puts a Configuration together from file, environment and defaults. Good for one reading.
class ConfigurationReader {
public:
    ConfigurationReader(const ConfigurationInput& input, Problems& problems)
        : input_(input), problems_(problems) {}

    Configuration read();

private:
    void chooseFile();
    bool readTree();
    /// A section of the file under the environment; Shape::none when neither has it.
    ConfigNode section(const std::string& name, const FieldTable& table, SectionKeys keys);
    CheckedConfig checkedSection(const std::string& name, const FieldTable& table);
    std::optional<PluginEntry> readStorage(const std::string& name, const FieldTable& table,
                                           const ConfigNode& settings);
    void readServer();
    void readDatabase();
    void readRedis();
    void readSecurity();
    void readPlugins();
    void readFolders();
    void readLogin();
    void readIssuers();
    void refuseBesideIssuers(const Place& issuers);
    void checkUserStores();
    void checkProxies();
    void refuseStorages();
    Place topPlace(const std::string& key) const;

    const ConfigurationInput& input_;
    Problems& problems_;
    ConfigNode tree_;
    Configuration configuration_;
};

}  // namespace gatehouse
