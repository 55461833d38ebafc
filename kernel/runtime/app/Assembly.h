// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/Generation.h"
#include "app/Process.h"
#include "app/RootSecret.h"
#include "config/Configuration.h"

namespace gatehouse {

/// A process and its first generation, up to and with configure(): the part of a start that every command shares.
struct Assembly {
    /// Reads the configuration and prepares all it names, collecting every problem. A check changes nothing on the disk.
    static Assembly make(const ConfigurationInput& input, Generation::Scope scope,
                         RootSecret::WhenMissing whenSecretMissing);

    /// With Generation::Scope::offline, after make() without problems: starts storage, keys, users and core. The
    /// problem, when there is one; then nothing is left started.
    std::optional<std::string> startOffline();
    void stopOffline() noexcept;

    Problems problems;
    std::string failure;  ///< why it cannot start although the configuration is right
    std::unique_ptr<Process> process;
    std::unique_ptr<Generation> generation;  ///< null when the file could not be read at all
};

/// What `gatehouse check` reports.
Problems checkConfiguration(const ConfigurationInput& input);

}  // namespace gatehouse
