// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Result.h>

#include "config/CheckedConfig.h"
#include "config/ConfigTree.h"
#include "config/IssuerList.h"
#include "config/TlsList.h"
#include "login/LoginPlan.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

using Environment = std::map<std::string, std::string>;

/// The variables this process was started with.
Environment processEnvironment();

/// A module or plugin that the configuration names.
struct PluginEntry {
    std::string use;  ///< "user_store.ldap": the file's name without ".so"
    std::string name;  ///< the instance: `name:`, or else "ldap"; unique within the point
    bool isOptional = false;  ///< event_sink and metrics only
    bool mayLose = false;  ///< event_sink only: `when_full: drop`
    Place place;  ///< of `use`, or of what stands for it
    std::string label;  ///< for messages: "user_store.ldap (staff)"
    ConfigNode settings;  ///< a map of the plugin's own keys

    /// Checks the plugin's own keys against the table in its descriptor.
    CheckedConfig check(const FieldTable& fields, Problems& problems) const;
};

struct ConfigurationInput {
    std::string file;  ///< --config; empty: APP_CONFIG names it
    Environment environment;
    FieldTable oauth;  ///< the core's table
    /// Used when nothing names a file and this one exists; otherwise the embedded default is.
    std::string installed = {};
};

/// All of a deployment's settings: file, environment and defaults in one.
/// Plugins' own keys are not checked here, since their tables are in their libraries: see
/// PluginEntry::check().
class Configuration {
public:
    /// Adds all that is wrong to `problems` and returns what could be read, so that the plugins it
    /// names can be checked too before everything is reported together. With problems, sections
    /// must not be asked for settings.
    static Configuration read(const ConfigurationInput& input, Problems& problems);
    /// The same for those who need all of it to be right.
    static Result<Configuration, Problems> load(const ConfigurationInput& input);

    /// The file it came from; empty for the embedded default.
    const std::string& file() const noexcept { return file_; }
    /// Who named it: "--config", "environment APP_CONFIG", "installed" or "default".
    const std::string& fileSource() const noexcept { return fileSource_; }
    const CheckedConfig& server() const noexcept { return server_; }
    /// `server.tls`; empty: plain HTTP.
    const std::vector<TlsEntry>& tls() const noexcept { return tls_; }
    /// `server.mtls`.
    const CheckedConfig& mtls() const noexcept { return mtls_; }
    const CheckedConfig& security() const noexcept { return security_; }
    const CheckedConfig& oauth() const noexcept { return oauth_; }
    const CheckedConfig& logging() const noexcept { return logging_; }
    const CheckedConfig& limits() const noexcept { return limits_; }
    const CheckedConfig& outgoing() const noexcept { return outgoing_; }
    const CheckedConfig& jobs() const noexcept { return jobs_; }

    /// The storage of `database.url`: "sqlite:..." is storage.sqlite, and `url` one of its
    /// settings.
    const PluginEntry& database() const noexcept { return database_; }
    /// The storage of `redis.url`, which keeps what passes.
    const std::optional<PluginEntry>& redis() const noexcept { return redis_; }
    /// module.*, in order.
    const std::vector<PluginEntry>& modules() const noexcept { return modules_; }
    /// All others, in order.
    const std::vector<PluginEntry>& plugins() const noexcept { return plugins_; }
    /// `login`; empty: every login step, in the order of `plugins`.
    const LoginPlan& login() const noexcept { return login_; }
    /// Those of `issuers`, or the one of `oauth`; never empty when there are no problems.
    const std::vector<IssuerEntry>& issuers() const noexcept { return issuers_; }
    bool hasIssuerList() const noexcept { return hasIssuerList_; }
    /// Where the libraries are looked for, in order.
    const std::vector<std::string>& pluginDirs() const noexcept { return pluginDirs_; }
    /// The folder of statically registered clients where there is no `issuers`: `clients_dir`, or
    /// else clients.d beside the file. Empty: none.
    const std::string& clientsDir() const noexcept { return clientsDir_; }
    const Place& pluginDirsPlace() const noexcept { return pluginDirsPlace_; }
    const Place& clientsDirPlace() const noexcept { return clientsDirPlace_; }

private:
    friend class ConfigurationReader;

    std::string file_;
    std::string fileSource_;
    CheckedConfig server_;
    std::vector<TlsEntry> tls_;
    CheckedConfig mtls_;
    CheckedConfig security_;
    CheckedConfig oauth_;
    CheckedConfig logging_;
    CheckedConfig limits_;
    CheckedConfig outgoing_;
    CheckedConfig jobs_;
    PluginEntry database_;
    std::optional<PluginEntry> redis_;
    std::vector<PluginEntry> modules_;
    std::vector<PluginEntry> plugins_;
    LoginPlan login_;
    std::vector<IssuerEntry> issuers_;
    bool hasIssuerList_ = false;
    std::vector<std::string> pluginDirs_;
    Place pluginDirsPlace_;
    std::string clientsDir_;
    Place clientsDirPlace_;
};

}  // namespace gatehouse
