// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"

#include <string>
#include <vector>

namespace gatehouse {

/// The one binary's command line: finds the command, shows help, runs it.
class CommandLine {
public:
    CommandLine();
    /// `words` without the program's name. Returns the exit code.
    int run(const std::vector<std::string>& words);
    const std::vector<Command>& commands() const noexcept { return commands_; }

private:
    void addCommandsOfPlugins(const std::vector<std::string>& words);
    int obey(const std::vector<std::string>& words);
    static int carryOut(const Command& command, const std::vector<std::string>& rest);
    int unknown(const std::vector<std::string>& words) const;
    const Command* findAnywhere(const std::vector<std::string>& words, std::size_t& length);
    const Command* find(const std::vector<std::string>& words, std::size_t& length) const;

    std::vector<Command> commands_;
};

}  // namespace gatehouse
