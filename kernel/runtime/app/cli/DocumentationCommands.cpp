// SPDX-License-Identifier: Apache-2.0
#include "Services.h"
#include "app/cli/Command.h"
#include "app/cli/CommandLine.h"
#include "app/cli/Completion.h"
#include "app/cli/Manual.h"
#include "app/cli/PluginCommands.h"

#include <iostream>
#include <utility>

namespace gatehouse {

namespace {

/// The server's own and those of plugins.
std::vector<Command> allCommands(const Arguments& arguments) {
    auto all = CommandLine().commands();
    for (auto& command : commandsOfPlugins({"--config", arguments.text("config")})) {
        all.push_back(std::move(command));
    }
    return all;
}

int manual(const Arguments& arguments) {
    const auto& page = arguments.positional.front();
    if (page == "gatehouse.8") {
        std::cout << commandManual(allCommands(arguments));
    } else if (page == "gatehouse.yaml.5") {
        std::cout << configurationManual(sectionReferences(Services::descriptor().fields));
    } else {
        throw UsageError{"the pages are gatehouse.8 and gatehouse.yaml.5"};
    }
    return ExitCode::done;
}

int completion(const Arguments& arguments) {
    const auto& shell = arguments.positional.front();
    if (shell == "bash") {
        std::cout << bashCompletion(allCommands(arguments));
    } else if (shell == "zsh") {
        std::cout << zshCompletion(allCommands(arguments));
    } else if (shell == "fish") {
        std::cout << fishCompletion(allCommands(arguments));
    } else {
        throw UsageError{"the shells are bash, zsh and fish"};
    }
    return ExitCode::done;
}

}  // namespace

std::vector<Command> documentationCommands() {
    return {
        {"manual",
         "PAGE",
         "print a manual page: gatehouse.8 or gatehouse.yaml.5",
         "",
         {},
         "gatehouse manual gatehouse.8 | man -l -",
         manual},
        {"completion",
         "SHELL",
         "print what bash, zsh or fish needs to complete our command lines",
         "",
         {},
         "source <(gatehouse completion bash)",
         completion},
    };
}

}  // namespace gatehouse
