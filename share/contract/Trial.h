// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Value.h>

#include "config/CheckedConfig.h"
#include "loader/PluginFile.h"

#include <memory>
#include <string>

namespace gatehouse {

/// A plugin's file and what the file beside it says of a trial: its `settings`, as they stand in
/// `plugins` of a configuration, and what its suite has to know.
class Trial {
public:
    /// Fault::badInput with every problem, one a line.
    static Result<Trial> read(const std::string& library, const std::string& file);

    const std::string& plugin() const noexcept { return use_; }
    const std::string& file() const noexcept { return file_; }
    /// What stands beside `settings`.
    const ValueMap& known() const noexcept { return known_; }
    /// Opened, configured, asked for what it checks itself and started, as the server does. Throws
    /// std::runtime_error that says why it refuses.
    std::unique_ptr<Plugin> start(Host& host);

private:
    CheckedConfig check(const FieldTable& fields) const;

    std::string folder_;
    std::string use_;
    std::string file_;
    ConfigNode settings_;
    ValueMap known_;
    CheckedConfig config_;
};

}  // namespace gatehouse
