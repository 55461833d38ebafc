// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CommandLine.h"

#include "app/cli/Help.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "app/cli/PluginCommands.h"
#include "text/Suggest.h"
#include "text/Thrown.h"

#include <algorithm>
#include <iostream>

namespace gatehouse {

namespace {

bool isVersion(const std::string& word) {
    return word == "--version" || word == "-V";
}

bool isHelp(const std::string& word) {
    return word == "--help" || word == "-h" || word == "help";
}

}  // namespace

const std::vector<CommandOption>& commonOptions() {
    static const std::vector<CommandOption> options{
        {"config", "FILE",
         "the configuration; otherwise APP_CONFIG, " GATEHOUSE_CONFIG_FILE " or what is built in"},
        {"json", "", "print JSON, for scripts"},
        {"help", "", "explain this command"},
    };
    return options;
}

std::vector<std::pair<int, std::string>> exitMeanings() {
    return {{ExitCode::done, "done"},
            {ExitCode::failed, "refused, not found, or output lost"},
            {ExitCode::usage, "wrong command line"},
            {ExitCode::unavailable, "something is away"},
            {ExitCode::config, "wrong configuration"}};
}

CommandLine::CommandLine() {
    const auto add = [this](std::vector<Command> group,
                            const std::vector<CommandOption>& options = {}) {
        for (auto& command : group) {
            command.options.insert(command.options.end(), options.begin(), options.end());
            commands_.push_back(std::move(command));
        }
    };
    const std::vector<CommandOption> issuer{
        {"issuer", "URL", "which issuer, or its id; needed where there are several"}};
    add(serverCommands());
    add(authorCommands());
    add({pluginsCommand()});
    add(clientCommands(), issuer);
    add(clientPolicyCommands(), issuer);
    add(clientAccessCommands(), issuer);
    add(userCommands(), issuer);
    add(userAccessCommands(), issuer);
    add(keyCommands(), issuer);
    add(tokenCommands(), issuer);
    add(jobCommands());
    add(storageCommands());
    add(documentationCommands());
}

int CommandLine::run(const std::vector<std::string>& words) {
    const int code = obey(words);
    const auto failure = code == ExitCode::done ? flushOutput() : std::nullopt;
    if (failure) {
        printError("gatehouse: " + *failure +
                   "; the command was carried out, what it told is lost");
    }
    return failure ? ExitCode::failed : code;
}

int CommandLine::obey(const std::vector<std::string>& words) {
    if (words.empty() || isHelp(words.front())) {
        addCommandsOfPlugins(words);
        std::cout << overviewText(commands_);
        return words.empty() ? ExitCode::usage : ExitCode::done;
    }
    if (isVersion(words.front())) {
        std::vector<std::string> asked = words;
        asked.front() = "version";
        return obey(asked);
    }
    std::size_t length = 0;
    const Command* command = findAnywhere(words, length);
    if (command == nullptr) {
        return unknown(words);
    }
    return carryOut(*command, {words.begin() + static_cast<std::ptrdiff_t>(length), words.end()});
}

int CommandLine::carryOut(const Command& command, const std::vector<std::string>& rest) {
    try {
        const auto arguments = readArguments(command, rest);
        if (arguments.has("help")) {
            std::cout << helpText(command);
            return ExitCode::done;
        }
        return command.run(arguments);
    } catch (const UsageError& error) {
        printError("gatehouse " + command.name + ": " + error.text);
        printError("Try: gatehouse " + command.name + " --help");
        return ExitCode::usage;
    } catch (const CommandFailure& failure) {
        if (!failure.text.empty()) {
            printError("gatehouse " + command.name + ": " + failure.text);
        }
        return failure.exitCode;
    } catch (...) {
        printError("gatehouse " + command.name + ": " + whatWasThrown());
        return ExitCode::failed;
    }
}

/// Those of plugins are looked for when no other is meant.
const Command* CommandLine::findAnywhere(const std::vector<std::string>& words,
                                         std::size_t& length) {
    if (const auto* own = find(words, length); own != nullptr) {
        return own;
    }
    addCommandsOfPlugins(words);
    return find(words, length);
}

void CommandLine::addCommandsOfPlugins(const std::vector<std::string>& words) {
    for (auto& command : commandsOfPlugins(words)) {
        commands_.push_back(std::move(command));
    }
}

/// "plugins new" before "plugins".
const Command* CommandLine::find(const std::vector<std::string>& words, std::size_t& length) const {
    const std::string two = words.size() > 1 ? words[0] + " " + words[1] : std::string();
    for (const std::string& name : {two, words[0]}) {
        for (const auto& command : commands_) {
            if (command.name == name) {
                length = name == two ? 2 : 1;
                return &command;
            }
        }
    }
    return nullptr;
}

/// "client" alone, "client --help" and "client ad" are all answered with what there is.
int CommandLine::unknown(const std::vector<std::string>& words) const {
    std::vector<Command> group;
    std::vector<std::string> names;
    for (const auto& command : commands_) {
        names.push_back(command.name);
        names.push_back(command.name.substr(0, command.name.find(' ')));
        if (command.name.rfind(words[0] + " ", 0) == 0) {
            group.push_back(command);
        }
    }
    const bool wantsHelp = std::any_of(words.begin() + 1, words.end(), isHelp);
    if (!group.empty() && (wantsHelp || words.size() == 1)) {
        std::cout << overviewText(group);
        return wantsHelp ? ExitCode::done : ExitCode::usage;
    }
    const std::string asked = group.empty() ? words[0] : words[0] + " " + words[1];
    const std::string near = closest(asked, names);
    printError("gatehouse: unknown command \"" + asked + "\"" +
               (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    printError("Try: gatehouse --help");
    return ExitCode::usage;
}

}  // namespace gatehouse
