// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

/// Exit codes, as in sysexits.h where one fits.
struct ExitCode {
    static constexpr int done = 0;
    static constexpr int failed = 1;  ///< understood, and refused or not found
    static constexpr int usage = 64;  ///< the command line is wrong
    static constexpr int unavailable = 69;  ///< a plugin could not start, or the storage is away
    static constexpr int config = 78;  ///< the configuration is wrong
};

/// What they mean, for the help.
std::vector<std::pair<int, std::string>> exitMeanings();

struct CommandOption {
    std::string name;
    std::string value;  ///< what it takes, for the help; empty: nothing
    std::string summary;
    std::string choices = {};  ///< what shells offer as the value, with blanks between
};

/// One command of the one binary: a row from which parsing, `--help` and the reference are made.
struct Command {
    std::string name;  ///< "client add"
    std::string arguments;  ///< "CLIENT_ID"; "[...]" may be left out
    std::string summary;  ///< one line
    std::string text;  ///< what a reader must know beyond that; may be empty
    std::vector<CommandOption> options;
    std::string example;
    std::function<int(const Arguments&)> run;
};

/// Every command takes these.
const std::vector<CommandOption>& commonOptions();

std::vector<Command> serverCommands();
Command pluginsCommand();
std::vector<Command> authorCommands();
std::vector<Command> clientCommands();
std::vector<Command> clientPolicyCommands();
std::vector<Command> clientAccessCommands();
std::vector<Command> userCommands();
std::vector<Command> userAccessCommands();
std::vector<Command> keyCommands();
std::vector<Command> tokenCommands();
std::vector<Command> jobCommands();
std::vector<Command> storageCommands();
std::vector<Command> documentationCommands();

}  // namespace gatehouse
